/** `<Message entry={…} />`: a notification of customs as text that a clerk reads; `useMessageName` for lists. */
import { useTranslation } from 'react-i18next'
import type { InboxEntry, Notification } from '#schema/clearance'
import { download } from '../../app/api.ts'
import { Button } from '../../ui/Button.tsx'
import { Id, Instant, Quantity } from '../../ui/Values.tsx'
import { useCodeName } from './codes.ts'
import { useElementLabel } from './elements.ts'
import css from './declaration.module.css'

const known = ['01', '02', '03', '05', '06', '07', '08', '09', '10', '11', '13', '14', '15', '16', '18', '51'] as const
export type MessageCode = (typeof known)[number] | 'other'
export const messageCodes: readonly Exclude<MessageCode, 'other'>[] = known
export const codeOf = (functionCode: string): MessageCode => known.find((code) => code === functionCode) ?? 'other'

export const useMessageText = (): ((notification: Notification) => { name: string; text: string }) => {
  const { t } = useTranslation('declaration')
  return (notification) => {
    const code = codeOf(notification.functionCode)
    const name = t(`message.${code}.name`)
    if (code === '11' && notification.statusCode !== undefined)
      return { name, text: notification.statusCode === '39' ? t('message.granted') : t('message.refused') }
    if (code === '13' && notification.statusCode === '67') return { name, text: t('message.indicative') }
    if (code === '13' && notification.statusCode === '115') return { name, text: t('message.provisional') }
    return { name, text: t(`message.${code}.text`) }
  }
}

const Errors = ({ notification }: { notification: Notification }) => {
  const { t } = useTranslation('declaration')
  const label = useElementLabel()
  if (!notification.errors?.length) return null
  return (
    <div>
      <strong>{t('message.errors')}</strong>
      <ul className={css.list}>
        {notification.errors.map((error, at) => (
          <li key={at}>
            {error.path && <span>{label(error.path)}: </span>}
            {error.description} <code className="mono muted">{error.code}</code>
          </li>
        ))}
      </ul>
    </div>
  )
}

const Money = ({ notification }: { notification: Notification }) => {
  const { t } = useTranslation('declaration')
  const tax = useCodeName('tax-type')
  const lines = notification.taxLines ?? []
  const demands = notification.payments ?? []
  return (
    <>
      {demands.map((demand, at) => (
        <p key={at}>
          {t('message.demand')}:{' '}
          <Quantity value={demand.amount?.amount ?? demand.assessed?.amount} unit={demand.amount?.currency ?? demand.assessed?.currency ?? ''} />
          {demand.dueAt && (
            <>
              {' '}
              {t('message.by')} <Instant at={demand.dueAt} />
            </>
          )}
          {demand.reference && (
            <>
              {' · '}
              <Id value={demand.reference} plain />
            </>
          )}
        </p>
      ))}
      {lines.length > 0 && (
        <details className={css.fold}>
          <summary>{t('message.taxes')}</summary>
          <div className={css.scroll} role="group" aria-label={t('message.taxes')} tabIndex={0}>
            <table className={css.table}>
              <thead>
                <tr>
                  <th scope="col">{t('column.line')}</th>
                  <th scope="col">{t('column.tax')}</th>
                  <th scope="col" data-end>
                    {t('column.base')}
                  </th>
                  <th scope="col" data-end>
                    {t('column.rate')}
                  </th>
                  <th scope="col" data-end>
                    {t('column.payable')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {lines.map((line, at) => (
                  <tr key={at}>
                    <td>{line.itemNumber}</td>
                    <td>
                      {tax(line.type)} <span className="mono muted">{line.type}</span>
                    </td>
                    <td data-end>
                      {line.base ? (
                        <Quantity value={line.base.amount} unit={line.base.currency ?? ''} />
                      ) : (
                        <Quantity value={line.baseQuantity?.value} unit={line.baseQuantity?.unit ?? ''} />
                      )}
                    </td>
                    <td data-end>{line.rate}</td>
                    <td data-end>
                      <Quantity value={line.payable?.amount} unit={line.payable?.currency ?? ''} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </>
  )
}

const Statements = ({ notification }: { notification: Notification }) => {
  const { t } = useTranslation('declaration')
  // A statement stands in the message once for each element that it points to; a reader needs it once.
  const said = [
    ...new Map(
      (notification.additionalInformation ?? [])
        .filter((one) => one.text !== undefined || one.limitAt !== undefined)
        .map((one) => [`${one.text ?? ''}\n${one.limitAt ?? ''}`, one] as const),
    ).values(),
  ]
  if (said.length === 0) return null
  return (
    <ul className={css.list}>
      {said.map((one, at) => (
        <li key={at}>
          {one.text}
          {one.limitAt && (
            <>
              {' '}
              {t('message.limit')} <Instant at={one.limitAt} />
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

export const MessageBody = ({ notification }: { notification: Notification }) => (
  <>
    <Errors notification={notification} />
    <Statements notification={notification} />
    <Money notification={notification} />
  </>
)

export const Message = ({
  entry,
  mayLoad,
}: {
  entry: InboxEntry
  /** the inbox is this person's own: the XML is there to load */ mayLoad: boolean
}) => {
  const { t } = useTranslation('declaration')
  const { name, text } = useMessageText()(entry.notification)
  return (
    <li className={css.message}>
      <div className={css.messageHead}>
        <strong>{name}</strong>
        <span className="mono muted">{entry.notification.name}</span>
        <span className={css.small}>
          <Instant at={entry.issuedAt} />
        </span>
        {mayLoad && (
          <Button
            size="sm"
            kind="quiet"
            icon="download"
            onClick={() => void download(`/api/notifications/${entry.number}/xml`)}
            aria-label={`${t('message.download')}: ${name}`}
          >
            {t('action.xml')}
          </Button>
        )}
      </div>
      <p>{text}</p>
      <MessageBody notification={entry.notification} />
    </li>
  )
}
