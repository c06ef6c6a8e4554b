// How close the pictures hang, remembered in this browser. It runs before the page is painted, so
// it is no module: nothing moves when it is read.

(() => {
  const KEY = "density";
  const page = document.documentElement;

  function remembered() {
    try {
      return localStorage.getItem(KEY) ?? "";
    } catch {
      return ""; // storage is closed to this page
    }
  }

  function set(density) {
    page.dataset.density = density;
    for (const button of document.querySelectorAll("[data-density-choice]")) {
      button.ariaPressed = String(button.dataset.densityChoice === density);
    }
  }

  set(remembered());
  document.addEventListener("DOMContentLoaded", () => set(page.dataset.density));
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-density-choice]");
    if (!button) return;
    set(button.dataset.densityChoice);
    try {
      localStorage.setItem(KEY, page.dataset.density);
    } catch {
      // Then it holds for this page.
    }
  });
})();
