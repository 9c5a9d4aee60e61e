import { useQuery } from '@tanstack/react-query'

/** A text as a QR code, drawn as one path. The library comes with the first code that is shown. */
export function QrCode({ text, label }: Readonly<{ text: string; label: string }>) {
  const { data } = useQuery({
    queryKey: ['qr', text],
    queryFn: async () => {
      const { encode } = await import('uqr')
      return encode(text, { ecc: 'M', border: 2 }).data
    },
    networkMode: 'always',
    staleTime: Infinity,
    gcTime: 0,
  })
  if (!data) return null
  const path = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg
      className="worse-qr"
      viewBox={`0 0 ${data.length} ${data.length}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={data.length} height={data.length} fill="#fff" />
      <path d={path.join('')} fill="#000" />
    </svg>
  )
}
