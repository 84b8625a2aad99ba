"use strict";

/* What was cleared in a form is left out of the file, where an empty value would be an error. */
(() => {
  const cleared = (value) => value === "" || value === undefined;
  const without = (value) => {
    if (!value || typeof value.map !== "function") return value;
    const kept = value.filterNot ? value.filterNot(cleared) : value;
    return kept.map(without);
  };
  CMS.registerEventListener({
    name: "preSave",
    handler: ({ entry }) => without(entry.get("data")),
  });
})();
