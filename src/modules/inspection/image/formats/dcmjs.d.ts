/** The part of dcmjs that is used; the package brings no types. */
declare module 'dcmjs' {
  type Dict = Record<string, { vr: string; Value: unknown[] }>
  class DicomDict {
    constructor(meta: Dict)
    dict: Dict
    write(): ArrayBuffer
  }
  const dcmjs: { data: { DicomDict: typeof DicomDict; DicomMetaDictionary: { denaturalizeDataset: (dataset: object) => Dict } } }
  export default dcmjs
}
