/* abtest: what the theme leaves undone. Pages are complete without it. */
(() => {
  // The theme leaves its search dialog and its progress bar without a name for screen readers.
  for (const [part, name] of [["search", "Search"], ["progress", "Loading"]]) {
    document.querySelector(`[data-md-component=${part}]`)?.setAttribute("aria-label", name);
  }

  // A long list of experiments shows only what contains the typed words.
  document.addEventListener("input", (event) => {
    if (event.target.id !== "ab-filter") return;
    const words = event.target.value.toLowerCase().split(/\s+/);
    for (const entry of document.querySelectorAll("[data-ab-entry]")) {
      const text = entry.textContent.toLowerCase();
      entry.hidden = !words.every((word) => text.includes(word));
    }
  });

  // Opened from a disk, a folder would be listed instead of its page.
  if (location.protocol === "file:") {
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href]");
      if (link && link.protocol === "file:" && link.pathname.endsWith("/")) {
        link.pathname += "index.html";
      }
    }, true);
  }
})();
