// Says that scripts run, before the page is drawn. A file, because the pages allow no inline script.
document.body.className +=
  " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
