export type Level = 'green' | 'amber' | 'red'

const shapes = {
  green: <circle cx="8" cy="8" r="7" fill="#17603a" />,
  amber: <polygon points="8,1 16,15 0,15" fill="#b36200" />,
  red: <polygon points="5,0 11,0 16,5 16,11 11,16 5,16 0,11 0,5" fill="#a3201a" />,
} as const

/** Green is a circle, amber a triangle, red an octagon: the word always stands beside it. */
export function LevelMark({ level, size = 14 }: Readonly<{ level: Level; size?: number }>) {
  return (
    <svg
      className="gable-level-mark"
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
    >
      {shapes[level]}
    </svg>
  )
}
