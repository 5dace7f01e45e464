/** A number as a barcode (Code 128, ISO/IEC 15417), black on white, for paper and for what reads paper. */
import { useQuery } from '@tanstack/react-query'
import css from './sheet.module.css'

/** The picture as a data address; the library comes only with the first barcode. */
const useBarcode = (text: string): string | undefined =>
  useQuery({
    queryKey: ['barcode', text],
    queryFn: async () => {
      const { toSVG } = await import('bwip-js/browser')
      return `data:image/svg+xml;utf8,${encodeURIComponent(toSVG({ bcid: 'code128', text, height: 12, includetext: true, textxalign: 'center' }))}`
    },
    staleTime: Infinity,
    enabled: text !== '',
  }).data

export const Barcode = ({ text, label }: { text: string; label: string }) => {
  const picture = useBarcode(text)
  return picture === undefined ? null : <img className={css.barcode} src={picture} alt={label} />
}
