document.documentElement.lang = "es";
