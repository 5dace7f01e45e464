/** `<Icon name="bell" />`: decoration beside words; alone in a button it takes its name from the button. `label` makes it speak. */
import { icons, mirrored, type IconName } from './icons.ts'
import css from './Icon.module.css'

export type IconProps = { name: IconName; /** px */ size?: number; label?: string }

export const Icon = ({ name, size = 16, label }: IconProps) => (
  <svg
    className={css.icon}
    data-mirrored={mirrored.has(name) || undefined}
    width={size}
    height={size}
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinecap="round"
    strokeLinejoin="round"
    {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
  >
    <path d={icons[name]} />
  </svg>
)
