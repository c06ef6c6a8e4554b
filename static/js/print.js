// Printing by a button, where there are scripts.
const button = document.getElementById("print");
button.addEventListener("click", () => window.print());
