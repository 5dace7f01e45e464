// Chinese glyphs: a hundred small files of which the browser fetches those that a page needs.
import '@fontsource/noto-sans-sc/400.css'
import '@fontsource/noto-sans-sc/600.css'
