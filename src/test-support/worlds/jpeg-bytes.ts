/** One part of a JPEG: its mark, and what is in it. */
export const jpegPart = (marker: number, text: string): number[] => {
  const content = [...text].map((each) => each.charCodeAt(0))
  return [0xff, marker, 0, content.length + 2, ...content]
}

/** The bytes of a picture that is one as far as its form goes, with these parts at its beginning. */
export const jpegBytes = (...parts: readonly number[][]): number[] => [
  ...[0xff, 0xd8, ...jpegPart(0xe0, 'JFIF ')],
  ...parts.flat(),
  ...[...jpegPart(0xc0, 'frame'), ...jpegPart(0xda, 'scan'), 1, 2, 3, 0xff, 0xd9],
]
