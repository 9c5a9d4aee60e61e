/** What our own drawings show. */
const shapes = {
  house: (
    <>
      <path d="M12 46 48 18l36 28v36H12z" />
      <path className="is-filled" d="M40 82V60h16v22" />
      <path d="M64 28V16h8v18" />
    </>
  ),
  person: (
    <>
      <circle cx="48" cy="28" r="12" />
      <path className="is-filled" d="M24 84V64a24 20 0 0 1 48 0v20z" />
    </>
  ),
  together: (
    <>
      <circle cx="34" cy="26" r="10" />
      <path d="M18 84V56a16 14 0 0 1 32 0v28" />
      <circle cx="66" cy="34" r="9" />
      <path className="is-filled" d="M52 84V60a14 12 0 0 1 28 0v24z" />
      <path d="M46 62l12-4" />
    </>
  ),
  nurse: (
    <>
      <circle cx="44" cy="28" r="12" />
      <path className="is-filled" d="M18 84V66a26 22 0 0 1 52 0v18z" />
      <path d="M44 60v14M37 67h14" />
      <path d="M62 12h22v16H74l-6 6v-6h-6z" />
    </>
  ),
  walk: (
    <>
      <circle cx="50" cy="18" r="9" />
      <path d="M48 28 44 54 60 66 64 86M44 54 34 68 26 86M48 34 64 46M46 34 32 50" />
    </>
  ),
  frame: (
    <>
      <circle cx="34" cy="18" r="9" />
      <path d="M34 28v30l-8 28M34 58l10 28M34 36l24 8" />
      <path className="is-filled" d="M56 44h24v10H56z" />
      <path d="M58 54v32M78 54v32" />
    </>
  ),
  church: (
    <>
      <path d="M40 84V44l16-16 16 16v40zM56 28V10M50 16h12" />
      <path className="is-filled" d="M12 84V60l14-10 14 10v24z" />
      <path d="M50 84V70a6 6 0 0 1 12 0v14" />
    </>
  ),
  bed: (
    <>
      <path d="M8 36v48M8 72h80v12M88 72V56H36" />
      <path className="is-filled" d="M36 56h52v16H8V56z" />
      <circle cx="22" cy="46" r="8" />
    </>
  ),
  night: (
    <>
      <path className="is-filled" d="M62 14a34 34 0 1 0 20 52A30 30 0 0 1 62 14z" />
      <path d="M20 20v10M15 25h10M80 24v8M76 28h8" />
    </>
  ),
  food: (
    <>
      <circle cx="52" cy="52" r="28" />
      <circle className="is-filled" cx="52" cy="52" r="16" />
      <path d="M12 18v24a6 6 0 0 0 6 6v36M12 30h12M24 18v24a6 6 0 0 1-6 6M88 18v66M88 18c-8 8-8 28 0 32" />
    </>
  ),
  cup: (
    <>
      <path className="is-filled" d="M20 42h48v24a20 20 0 0 1-20 20h-8a20 20 0 0 1-20-20z" />
      <path d="M68 48h8a10 10 0 0 1 0 20h-8M34 32c-6-8 6-8 0-18M52 32c-6-8 6-8 0-18" />
    </>
  ),
  pills: (
    <>
      <path d="M14 54 46 22a14 14 0 0 1 20 20L34 74a14 14 0 0 1-20-20z" />
      <path className="is-filled" d="M30 38 50 58 34 74a14 14 0 0 1-20-20z" />
      <circle cx="72" cy="70" r="14" />
      <path d="M62 70h20" />
    </>
  ),
  phone: (
    <path
      className="is-filled"
      d="M28 14 40 34l-8 8c4 10 12 18 22 22l8-8 20 12-4 14c-2 4-6 4-10 4C40 82 14 56 10 28c0-4 0-8 4-10z"
    />
  ),
  calendar: (
    <>
      <path d="M14 24h68v60H14zM30 14v18M66 14v18" />
      <path className="is-filled" d="M14 24h68v16H14z" />
      <path d="M34 62l8 8 18-18" />
    </>
  ),
  clock: (
    <>
      <circle className="is-filled" cx="48" cy="48" r="36" />
      <path d="M48 26v24l14 10" />
    </>
  ),
  talk: (
    <>
      <path className="is-filled" d="M10 16h50v32H34L22 60V48H10z" />
      <path d="M70 34h16v30h-8v12L66 64H42v-6" />
    </>
  ),
  help: (
    <>
      <path className="is-filled" d="M10 60c12-8 20-6 28 0h16a6 6 0 0 1 0 12H40" />
      <path d="M54 70l24-12a7 7 0 0 1 8 10L56 84H10" />
      <path d="M48 46C36 36 38 22 48 28c10-6 12 8 0 18z" />
    </>
  ),
  stop: (
    <>
      <path className="is-filled" d="M34 12h28l22 22v28L62 84H34L12 62V34z" />
      <path d="M34 34l28 28M62 34 34 62" />
    </>
  ),
  foot: (
    <>
      <path className="is-filled" d="M38 10h20v44c14 8 26 10 26 20s-6 10-12 10H40c-6 0-8-6-6-14z" />
      <path d="M14 50l12 4M14 66h10M76 38l8-6" />
    </>
  ),
  scales: (
    <>
      <path d="M14 26h68v58H14z" />
      <path className="is-filled" d="M30 50a18 18 0 0 1 36 0z" />
      <path d="M48 50 58 38M34 70h28" />
    </>
  ),
  ambulance: (
    <>
      <path className="is-filled" d="M8 28h46v44H8z" />
      <path d="M54 40h16l16 18v14H54zM31 38v20M21 48h20" />
      <circle cx="26" cy="74" r="9" />
      <circle cx="70" cy="74" r="9" />
    </>
  ),
  car: (
    <>
      <path className="is-filled" d="M8 70V52l14-4 10-16h30l14 18 12 4v16z" />
      <path d="M30 48h38M48 34v14" />
      <circle cx="26" cy="72" r="9" />
      <circle cx="70" cy="72" r="9" />
    </>
  ),
} as const

type PictureName = keyof typeof shapes

/** One of our line drawings, beside words that say the same: screen readers pass over it. */
export function EasyPicture({ name, size = 96 }: Readonly<{ name: PictureName; size?: number }>) {
  return (
    <svg
      className="gable-picture"
      width={size}
      height={size}
      viewBox="0 0 96 96"
      aria-hidden="true"
      focusable="false"
    >
      {shapes[name]}
    </svg>
  )
}
