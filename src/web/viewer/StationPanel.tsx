/** Beside the image on demand: what the model marked, what the reader marked, which earlier image stands beside. */
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/Button.tsx'
import { Select } from '../ui/fields.tsx'
import { Note } from '../ui/Layout.tsx'
import { formatPercent } from '../i18n/format.ts'
import type { Mark } from './marks.ts'
import type { Earlier, StationImage, Told } from './station.ts'
import type { Desk, Surroundings } from './tools.ts'
import type { ChangeDesk } from './use-desk.ts'
import { useMarkText } from './words.ts'
import css from './viewer.module.css'

export type StationPanelProps = {
  images: readonly StationImage[]
  desk: Desk
  change: ChangeDesk
  boxes: Surroundings['boxes']
  earlier: readonly Earlier[]
  earlierId: string | null
  onEarlier: (id: string) => void
  told: readonly Told[]
  /** whether the marks go with a reading, or stay in this browser */ areMarksGiven: boolean
}

const Found = ({ images, boxes }: Pick<StationPanelProps, 'images' | 'boxes'>) => {
  const { t, i18n } = useTranslation('viewer')
  const found = images.flatMap((image) => image.boxes)
  return (
    <section>
      <h3>{t('boxes.title')}</h3>
      {boxes === 'hidden' && <p className="muted">{t('boxes.hidden')}</p>}
      {boxes === 'none' && <p className="muted">{t('boxes.none')}</p>}
      {boxes === 'there' && (
        <ul className={css.list}>
          {found.map((box) => (
            <li key={box.box.join()}>
              <span>{box.name}</span>
              <span className="number">{formatPercent(box.confidence, i18n.language)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const MarkRow = ({ mark, image, onRemove }: { mark: Mark; image: StationImage; onRemove: () => void }) => {
  const { t } = useTranslation('viewer')
  const text = useMarkText(image)(mark)
  const kind = t(`markKind.${mark.kind}`)
  return (
    <li>
      <span>
        {kind}
        {text && <span className={css.measure}>{text}</span>}
      </span>
      <IconButton size="sm" icon="trash" label={t('marks.remove', { what: kind })} onClick={onRemove} />
    </li>
  )
}

const Marks = ({ images, desk, change, areMarksGiven }: Pick<StationPanelProps, 'images' | 'desk' | 'change' | 'areMarksGiven'>) => {
  const { t } = useTranslation('viewer')
  return (
    <section>
      <h3>{t('marks.title')}</h3>
      {desk.marks.length === 0 ? (
        <p className="muted">{t('marks.none')}</p>
      ) : (
        <>
          <ul className={css.list}>
            {desk.marks.map((mark) => (
              <MarkRow
                key={mark.id}
                mark={mark}
                image={images.find(({ id }) => id === mark.imageId) ?? images[0]!}
                onRemove={() => change((now) => ({ ...now, marks: now.marks.filter(({ id }) => id !== mark.id) }))}
              />
            ))}
          </ul>
          <p className="muted">{t(areMarksGiven ? 'marks.given' : 'marks.local')}</p>
        </>
      )}
    </section>
  )
}

const ToldMark = ({ mark, image }: { mark: Mark; image: StationImage }) => {
  const { t } = useTranslation('viewer')
  return <li>{[t(`markKind.${mark.kind}`), useMarkText(image)(mark)].filter(Boolean).join(' · ')}</li>
}

const ToldMarks = ({ images, told }: Pick<StationPanelProps, 'images' | 'told'>) => {
  const { t } = useTranslation('viewer')
  const drawn = told.filter(({ marks }) => marks.length > 0)
  if (drawn.length === 0) return null
  return (
    <section>
      <h3>{t('marks.told')}</h3>
      {drawn.map(({ id, by, marks }) => (
        <div key={id}>
          <p>{by}</p>
          <ul className={css.list}>
            {marks.map((mark) => (
              <ToldMark key={mark.id} mark={mark} image={images.find((image) => image.id === mark.imageId) ?? images[0]!} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

export const StationPanel = ({ earlier, earlierId, onEarlier, ...props }: StationPanelProps) => {
  const { t } = useTranslation('viewer')
  return (
    <>
      <Found {...props} />
      <ToldMarks {...props} />
      <Marks {...props} />
      {props.images.every(({ pitch }) => pitch === null) && <Note>{t('uncalibrated')}</Note>}
      {earlier.length > 0 && (
        <Select
          label={t('compare.with')}
          options={earlier.map(({ id, label }) => ({ value: id, label }))}
          value={earlierId ?? undefined}
          onChange={(id) => id && onEarlier(id)}
        />
      )}
    </>
  )
}
