// What Streamlit draws and screen readers stumble over, mended by attributes, which React leaves
// alone where it did not set them.
(() => {
  if (window.mended) return;
  window.mended = true;
  const section = "[data-testid='stSidebarNavItems'] > div";
  const mend = {
    // The menu of a phone puts its sections as <div> into a <ul>, where only list items may stand,
    // and their pages as <li> into that <div>: the list is lost. Each section becomes one item.
    [`${section}:not([role])`]: ["role", "listitem"],
    [`${section} > li:not([role])`]: ["role", "none"],
    // An icon inside a text is read as "schedule icon", in English on every page. The words beside
    // it say the same.
    "span[role='img'][translate='no'][aria-label$=' icon']:not([aria-hidden])": [
      "aria-hidden",
      "true",
    ],
  };
  const all = () => {
    for (const [wrong, right] of Object.entries(mend)) {
      for (const one of document.querySelectorAll(wrong)) one.setAttribute(...right);
    }
  };
  // Opening the menu of a phone takes the pressed button away, and the focus with it.
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-testid='stExpandSidebarButton']")) {
      setTimeout(() => document.querySelector("[data-testid='stSidebarNavLink']")?.focus());
    }
  });
  new MutationObserver(all).observe(document.body, { childList: true, subtree: true });
  all();
})();
