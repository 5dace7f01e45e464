/** The duty calculator without signing in: for everybody who sends or expects goods. */
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/Button.tsx'
import { Calculator } from './Calculator.tsx'
import css from './calculator.module.css'

export const PublicCalculator = () => {
  const { t } = useTranslation('calculator')
  useEffect(() => {
    document.title = `${t('title')} · Portcullis`
  }, [t])
  return (
    <main className={css.alone}>
      <div className={css.aloneHead}>
        <img src="/icon.svg" alt="" width="32" height="32" />
        <h1>{t('title')}</h1>
        <Button kind="quiet" size="sm" to="/codes">
          {t('findCode')}
        </Button>
        <Button kind="quiet" size="sm" to="/">
          {t('signIn')}
        </Button>
      </div>
      <p>{t('lead')}</p>
      <Calculator />
    </main>
  )
}
