/** All that comes, in a list. */
export async function listed<T>(all: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = []
  for await (const each of all) list.push(each)
  return list
}
