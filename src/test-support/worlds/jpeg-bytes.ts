/** One part of a JPEG: its mark, and what is in it. */
export const jpegPart = (marker: number, text: string): number[] => {
  const content = [...text].map((each) => each.charCodeAt(0))
  return [0xff, marker, 0, content.length + 2, ...content]
}

/** What a JPEG begins with: its name and version, and no smaller picture in it. */
const beginning = jpegPart(0xe0, 'JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0')

/** The bytes of a picture that is one as far as its form goes, with these parts at its beginning. */
export const jpegBytes = (...parts: readonly number[][]): number[] => [
  ...[0xff, 0xd8, ...beginning],
  ...parts.flat(),
  ...[
    ...jpegPart(0xc0, 'frame'),
    ...jpegPart(0xda, 'scan'),
    1,
    0xff,
    0,
    2,
    0xff,
    0xd0,
    3,
    0xff,
    0xd9,
  ],
]
