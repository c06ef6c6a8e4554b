/* On the page that says that there is no internet: when it is back, so is the page asked for. */

addEventListener("online", () => location.reload());
