/** Where a workstation will stand: the picture that is stored for people, at once, until the measurement itself is there. */
import { useTranslation } from 'react-i18next'
import css from './viewer.module.css'

export const Waiting = ({ preview }: { /** address of the picture */ preview: string }) => {
  const { t } = useTranslation('viewer')
  return (
    <div className={css.station} aria-busy="true">
      <div className={css.toolbox} />
      <div className={css.middle}>
        <div className={css.panes}>
          <figure className={css.pane}>
            <figcaption className={css.caption}>
              <span role="status">{t('preview')}</span>
            </figcaption>
            <div className={css.viewport}>
              <img className={css.preview} src={preview} alt={t('preview')} />
            </div>
          </figure>
        </div>
        <div className={css.figures} />
      </div>
    </div>
  )
}
