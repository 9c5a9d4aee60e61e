import { Link } from 'react-router'

/** The product’s name and house drawing; both are neutral and may be replaced by an organisation's own. */
export function Brand({ to }: { to: string }) {
  return (
    <Link to={to} className="gable-header__brand">
      <svg viewBox="0 0 28 28" aria-hidden="true" focusable="false">
        <path d="M14 2 2 11v15h24V11z" fill="#0b4f5c" />
        <path d="M10 26v-8a4 4 0 0 1 8 0v8z" fill="#ffd36b" />
      </svg>
      <span>Gable</span>
    </Link>
  )
}
