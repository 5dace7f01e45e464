// What is searched for stands in the address (`?q=`): it can be shared, and is there again after going back.
import { useState } from 'react'
import { useSearchParams } from 'react-router'

export const useTextInAddress = (): [string, (text: string) => void] => {
  const [search, setSearch] = useSearchParams()
  const [text, setText] = useState(search.get('q') ?? '')
  return [
    text,
    (next) => {
      setText(next)
      setSearch(next.trim() ? { q: next } : {}, { replace: true })
    },
  ]
}
