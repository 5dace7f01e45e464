/** The duty calculator, inside the frame. */
import { useTranslation } from 'react-i18next'
import { Page } from '../../../ui/Page.tsx'
import { Calculator } from './Calculator.tsx'

const CalculatorPage = () => {
  const { t } = useTranslation('calculator')
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Calculator />
    </Page>
  )
}
export default CalculatorPage
