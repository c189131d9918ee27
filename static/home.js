// Goes on to where this person arrives; a new connection carries the new cookie.
const language = new URLSearchParams(window.location.search).get("lang");
window.location.replace(language ? `/?lang=${encodeURIComponent(language)}` : "/");
