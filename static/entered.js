// Runs in the one-pixel frame after the cookie was set or taken away. A frame may not lead
// its parent elsewhere, but the parent may run a script of its own origin.
if (window.parent !== window) {
  const home = new URLSearchParams(window.location.search).has("home");
  const script = window.parent.document.createElement("script");
  script.src = home ? "/app/static/home.js" : "/app/static/reload.js";
  window.parent.document.head.append(script);
} else {
  window.location.replace("/");
}
