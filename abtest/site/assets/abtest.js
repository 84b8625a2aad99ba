/* abtest: what the theme leaves undone. Pages are complete without it. */
(() => {
  // The theme leaves its search dialog and its progress bar without a name for screen readers.
  for (const [part, name] of [["search", "Search"], ["progress", "Loading"]]) {
    document.querySelector(`[data-md-component=${part}]`)?.setAttribute("aria-label", name);
  }

  // A long list of experiments shows only what contains the typed words, and says how many do.
  document.addEventListener("input", (event) => {
    if (event.target.id !== "ab-filter") return;
    const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    const entries = [...document.querySelectorAll("[data-ab-entry]")];
    for (const entry of entries) {
      const text = entry.textContent.toLowerCase();
      entry.hidden = !words.every((word) => text.includes(word));
    }
    for (const list of document.querySelectorAll(".ab-entries")) {
      const none = !list.querySelector("[data-ab-entry]:not([hidden])");
      list.hidden = list.previousElementSibling.hidden = none;
    }
    const found = entries.filter((entry) => !entry.hidden).length;
    document.getElementById("ab-found").textContent =
      !words.length ? "" : found ? `${found} of ${entries.length}` : "Nothing like that was tried.";
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
