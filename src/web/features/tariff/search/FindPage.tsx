/** Find a code, inside the frame. The text stands in the address, so that the answer can be shared. */
import { useTranslation } from 'react-i18next'
import { Page } from '../../../ui/Page.tsx'
import { Finder } from './Finder.tsx'
import { useTextInAddress } from './address.ts'

const FindPage = () => {
  const { t } = useTranslation('finder')
  const [text, setText] = useTextInAddress()
  return (
    <Page title={t('title')} narrow>
      <Finder text={text} onText={setText} />
    </Page>
  )
}
export default FindPage
