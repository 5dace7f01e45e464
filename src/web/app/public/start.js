// Before anything is drawn: scheme, language and direction as they were chosen last, so that nothing flashes or turns round.
;(function () {
  var root = document.documentElement
  try {
    var scheme = localStorage.getItem('mantine-color-scheme-value')
    if (scheme !== 'light' && scheme !== 'dark') scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
    root.setAttribute('data-mantine-color-scheme', scheme)
    root.style.background = scheme === 'dark' ? '#0e1416' : '#f2f4f4'
    var language = localStorage.getItem('portcullis.language') || 'en'
    root.lang = language
    root.dir = language === 'ar' ? 'rtl' : 'ltr'
  } catch (fault) {
    root.setAttribute('data-mantine-color-scheme', 'light')
  }
})()
