/** A link that the server shows only once. */
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../i18n/format.ts'
import { Button } from '../../ui/Button.tsx'
import { Note, Section, Stack } from '../../ui/Layout.tsx'
import { Id } from '../../ui/Values.tsx'

export type Link = { link: string | null; endsAt: string }

export const LinkOnce = ({ link, name, onDone }: { link: Link; name: string; onDone: () => void }) => {
  const { t, i18n } = useTranslation('people')
  return (
    <Section title={t('invited.title', { name })}>
      <Stack>
        <Note tone={link.link ? 'ok' : 'warning'} live>
          {link.link ? t('invited.text', { time: formatInstant(link.endsAt, i18n.language) }) : t('invited.again')}
        </Note>
        {link.link && <Id value={link.link.startsWith('/') ? `${window.location.origin}${link.link}` : link.link} />}
        <div>
          <Button kind="primary" onClick={onDone}>
            {t('invited.done')}
          </Button>
        </div>
      </Stack>
    </Section>
  )
}
