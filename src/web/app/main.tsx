import './styles.ts'
import { createRoot } from 'react-dom/client'
import { startI18n } from '../i18n/index.ts'
import { App } from './App.tsx'

await startI18n()
createRoot(document.getElementById('root')!).render(<App />)
