// Loads the page again, so that a new connection carries the new cookie.
window.location.reload();
