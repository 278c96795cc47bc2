// Sets the colours before the first paint. `ui/theme.ts` writes the same key and calls `almanacApplyTheme` after a change.
;(() => {
  const darkSystem = matchMedia('(prefers-color-scheme: dark)')
  const moreContrast = matchMedia('(prefers-contrast: more)')
  const ofSystem = () => (darkSystem.matches ? 'dark' : moreContrast.matches ? 'contrast' : 'light')
  const isKnown = (theme) => theme === 'light' || theme === 'dark' || theme === 'contrast'
  // Shared boards and wall screens can say in their address how they look, whatever this browser was set to.
  const saysItself = /^\/(public|embed|kiosk)(\/|$)/.test(location.pathname)
  let fixed = saysItself ? new URLSearchParams(location.search).get('theme') : undefined
  const apply = () => {
    let choice = 'system'
    try {
      choice = localStorage.getItem('almanac.theme') || 'system'
    } catch {}
    document.documentElement.dataset.theme = [fixed, choice].find(isKnown) || ofSystem()
  }
  apply()
  darkSystem.addEventListener('change', apply)
  moreContrast.addEventListener('change', apply)
  addEventListener('storage', apply)
  window.almanacApplyTheme = apply
  window.almanacFixTheme = (theme) => {
    fixed = theme
    apply()
  }
})()
