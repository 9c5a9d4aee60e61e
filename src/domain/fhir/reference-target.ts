const referenceParts = /(?:^|\/)([A-Z]\w+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/

/**
 * Type and id of a literal reference, absolute or relative, with or without a version. The only parser of references:
 * permission checks and the store must not take one text for two records.
 */
export function referenceTarget(text: string): { type: string; id: string } | undefined {
  const [, type, id] = referenceParts.exec(text) ?? []
  return type && id ? { type, id } : undefined
}
