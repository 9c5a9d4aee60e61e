import { type ReactNode, useId } from 'react'

/** Progress of long work, with its text. */
export function ProgressLine({
  value,
  max,
  label,
}: Readonly<{ value: number; max: number; label: ReactNode }>) {
  const id = useId()
  return (
    <div className="gable-progress">
      <label htmlFor={id}>{label}</label>
      <progress id={id} value={value} max={max} />
    </div>
  )
}
