/** A window of the house; lit means that something behind it is new to the reader. The words always stand beside it. */
export function HouseWindow({ lit }: { lit: boolean }) {
  return (
    <svg viewBox="0 0 38 44" aria-hidden="true" focusable="false">
      <path
        d="M5 40V17a14 14 0 0 1 28 0v23z"
        fill={lit ? '#ffd36b' : '#e4eff0'}
        stroke="#0b4f5c"
        strokeWidth="3"
      />
      <path d="M19 4v36M5 22h28M1 41.5h36" stroke="#0b4f5c" strokeWidth="2.5" fill="none" />
    </svg>
  )
}
