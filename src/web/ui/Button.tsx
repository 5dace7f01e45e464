/**
 * `<Button onClick={…}>Save</Button>` · kind: primary (one a page) | secondary | quiet | danger · size: md (32 px) | sm (26 px)
 * `pending` keeps the width, says that it works and refuses a second press · `icon` before the words · `to` makes it a link of the app
 * `<IconButton icon="close" label="Close" />`: the label is spoken and shown as a hint.
 */
import { Tooltip } from '@mantine/core'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { Link } from 'react-router'
import { Icon } from './Icon.tsx'
import type { IconName } from './icons.ts'
import css from './Button.module.css'

type Common = { kind?: 'primary' | 'secondary' | 'quiet' | 'danger'; size?: 'sm' | 'md'; icon?: IconName }
// Menus and popovers put a class on the button that opens them; screens have no need of one.
type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'style'>

const joined = (...names: (string | undefined)[]): string => names.filter(Boolean).join(' ')

export type ButtonProps = Common &
  Native & {
    pending?: boolean
    /** address in the app: a link that looks like a button */ to?: string
    children: ReactNode
    ref?: Ref<HTMLButtonElement>
  }

export const Button = ({
  kind = 'secondary',
  size = 'md',
  icon,
  pending = false,
  to,
  children,
  disabled,
  onClick,
  ref,
  className,
  type = 'button',
  ...rest
}: ButtonProps) => {
  const look = { className: joined(css.button, className), 'data-kind': kind, 'data-size': size }
  const inside = (
    <>
      {icon && <Icon name={icon} size={14} />}
      <span>{children}</span>
    </>
  )
  if (to !== undefined)
    return (
      <Link to={to} {...look}>
        {inside}
      </Link>
    )
  return (
    <button
      ref={ref}
      type={type}
      {...look}
      disabled={disabled}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      onClick={(event) => (pending ? event.preventDefault() : onClick?.(event))}
      {...rest}
    >
      {inside}
    </button>
  )
}

export type IconButtonProps = Native & {
  icon: IconName
  label: string
  size?: 'sm' | 'md'
  onFrame?: boolean
  /** shown after the hint */ shortcut?: string
  pressed?: boolean
  ref?: Ref<HTMLButtonElement>
}

export const IconButton = ({ icon, label, size = 'md', onFrame, shortcut, pressed, ref, className, type = 'button', ...rest }: IconButtonProps) => (
  <Tooltip label={shortcut ? `${label} (${shortcut})` : label} events={{ hover: true, focus: true, touch: false }}>
    <button
      ref={ref}
      type={type}
      className={joined(css.iconButton, className)}
      data-size={size}
      data-on-frame={onFrame || undefined}
      aria-label={label}
      aria-pressed={pressed}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  </Tooltip>
)
