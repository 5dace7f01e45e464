// Everything of one goods line, with what the tariff says about it.
import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeclarationItem } from '#schema/clearance'
import type { CommodityChoice, CommodityView, FinderReply } from '#schema/trade'
import { get } from '../../../app/api.ts'
import { Button } from '../../../ui/Button.tsx'
import { CodeField, type CodeOption } from '../../../ui/CodeField.tsx'
import { DecimalField, FieldRow, MoneyField, TextArea, TextField } from '../../../ui/fields.tsx'
import { Note, Stack } from '../../../ui/Layout.tsx'
import { Finder } from '../../tariff/search/Finder.tsx'
import { Fit } from '../../tariff/search/Fit.tsx'
import { commodityOf, splitCommodity } from './document.ts'
import { AdditionalProcedures, LineTax } from './LineTax.tsx'
import { Group, ListCode, Rows, useDocument } from './parts.tsx'
import { Papers } from './Papers.tsx'

const useCommodities = (): ((text: string, signal: AbortSignal) => Promise<readonly CodeOption[]>) => {
  const { t, i18n } = useTranslation('filing')
  const language = i18n.language
  return useCallback(
    async (text, signal) => {
      if (text.trim().length < 2) return []
      const [{ rows }, found] = await Promise.all([
        get<{ rows: CommodityChoice[] }>('/api/trade/commodities', { q: text, language, limit: 30 }, { signal }),
        /\p{L}/u.test(text) ? get<FinderReply>('/api/trade/codes', { q: text, language }, { signal }) : undefined,
      ])
      const dutyOf = (rate: string | undefined): string | undefined => rate && t('commodity.duty', { rate })
      const listed = rows.map((one) => ({
        code: one.code,
        name: one.name,
        hint: [one.path.join(' › '), one.declarable ? dutyOf(one.duty) : t('commodity.group')].filter(Boolean).join(' · '),
      }))
      const codes = new Set(rows.map((one) => one.code))
      const meant = (found?.results ?? []).flatMap((one) =>
        one.commodities
          .filter((line) => !codes.has(line.code))
          .map((line) => ({ code: line.code, name: line.name, hint: [one.description, dutyOf(line.duty)].filter(Boolean).join(' · ') })),
      )
      return [...listed, ...meant]
    },
    [t, language],
  )
}

export const useCommodity = (code: string, origin: string | undefined): CommodityView | null | undefined => {
  const { i18n } = useTranslation()
  const isWhole = /^\d{8,10}$/.test(code)
  return useQuery({
    queryKey: ['commodity', code, origin, i18n.language],
    queryFn: ({ signal }) =>
      get<CommodityView>(
        `/api/trade/commodities/${code}`,
        { language: i18n.language, origin: /^[A-Z]{2}$/.test(origin ?? '') ? origin : undefined },
        { signal },
      ).catch(() => null),
    enabled: isWhole,
    staleTime: 300_000,
  }).data
}

/** The finder beneath the code, seeded with the description; what is taken closes it. */
const FindCode = ({ description, onTake }: { description: string; onTake: (code: string) => void }) => {
  const { t } = useTranslation('finder')
  const [text, setText] = useState<string | null>(null)
  return (
    <Stack>
      <div>
        <Button size="sm" icon="search" aria-expanded={text !== null} onClick={() => setText(text === null ? description : null)}>
          {text === null ? t('find') : t('close')}
        </Button>
      </div>
      {text !== null && (
        <Finder
          text={text}
          onText={setText}
          onTake={(code) => {
            onTake(code)
            setText(null)
          }}
        />
      )}
    </Stack>
  )
}

const Commodity = ({ path, item }: { path: string; item: DeclarationItem }) => {
  const { t } = useTranslation('filing')
  const source = useCommodities()
  const { set } = useDocument<DeclarationItem>(path)
  const code = commodityOf(item)
  const found = useCommodity(code, item.origin)
  const papers = found?.documents.map((one) => one.replace('|', ' / ')).join(', ')
  return (
    <>
      <FieldRow>
        <CodeField
          path={`${path}/hsCode`}
          label={t('field.commodity')}
          code="DE 6/14, 6/15"
          width="l"
          source={source}
          value={code}
          nameOf={(one) => (one === code ? found?.name : undefined)}
          onChange={(text) => set({ ...item, ...splitCommodity(text) })}
          maxLength={13}
        />
      </FieldRow>
      <FindCode description={item.description ?? ''} onTake={(text) => set({ ...item, ...splitCommodity(text) })} />
      {found && (
        <p className="muted">
          {[
            ...found.path,
            ...found.measures
              .filter((one) => one.text !== '' && one.taxType === 'A00')
              .slice(0, 1)
              .map((one) => t('commodity.duty', { rate: one.text })),
            found.supplementaryUnit && t('commodity.unit', { unit: found.supplementaryUnit }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      {found === null && <Note tone="warning">{t('commodity.unknown')}</Note>}
      {papers && <Note tone="info">{t('commodity.papers', { papers })}</Note>}
      <TextArea path={`${path}/description`} label={t('field.description')} rows={2} maxLength={512} code="DE 6/8" />
      <Fit code={code} text={item.description ?? ''} />
    </>
  )
}

const isTaxed = (item: DeclarationItem): boolean => !/^(10|11|21|22|23|31)/.test(item.procedure ?? '')

export const LineDetail = ({ at, item }: { at: number; item: DeclarationItem }) => {
  const { t } = useTranslation('filing')
  const path = `/items/${at}`
  const found = useCommodity(commodityOf(item), item.origin)
  return (
    <Stack>
      <Group title={t('section.classification')}>
        <Commodity path={path} item={item} />
        <FieldRow>
          <ListCode list="country" path={`${path}/origin`} label={t('field.origin')} width="s" maxLength={2} code="DE 5/15" />
          <ListCode list="procedure" path={`${path}/procedure`} label={t('field.procedure')} maxLength={4} code="DE 1/10" />
        </FieldRow>
        <FieldRow>
          <AdditionalProcedures path={path} item={item} />
        </FieldRow>
        <FieldRow>
          <ListCode
            list="additional-code"
            path={`${path}/nationalAdditional/0`}
            label={t('field.additionalCode')}
            width="s"
            maxLength={4}
            optional
            code="DE 6/17"
          />
          <TextField path={`${path}/undgCodes/0`} label={t('field.undg')} width="s" mono maxLength={4} optional code="DE 6/12" />
          <TextField path={`${path}/traderReference`} label={t('field.traderReference')} width="m" mono maxLength={35} optional />
        </FieldRow>
      </Group>
      <Group title={t('section.value')}>
        <FieldRow>
          <MoneyField path={`${path}/itemPrice`} label={t('field.price')} code="DE 4/14" />
          <DecimalField path={`${path}/netMassKg`} label={t('field.net')} unit="kg" code="DE 6/1" />
          <DecimalField path={`${path}/grossMassKg`} label={t('field.gross')} unit="kg" code="DE 6/5" />
        </FieldRow>
        <FieldRow>
          <DecimalField
            path={`${path}/supplementary/value`}
            label={t('field.supplementary')}
            unit={item.supplementary?.unit ?? found?.supplementaryUnit}
            optional={!found?.supplementaryUnit}
            code="DE 6/2"
          />
          <MoneyField path={`${path}/statisticalValue`} label={t('field.statisticalValue')} optional={isTaxed(item)} code="DE 8/6" />
        </FieldRow>
        {isTaxed(item) && (
          <FieldRow>
            <ListCode list="valuation-method" path={`${path}/valuationMethod`} label={t('field.valuationMethod')} maxLength={1} code="DE 4/16" />
            <TextField path={`${path}/valuationIndicators`} label={t('field.valuationIndicators')} width="s" mono maxLength={4} code="DE 4/13" />
          </FieldRow>
        )}
      </Group>
      {isTaxed(item) && <LineTax path={path} item={item} />}
      <Rows
        path={`${path}/packages`}
        title={t('section.packages')}
        begin={(count) => ({ sequence: count + 1 })}
        row={(row) => (
          <>
            <DecimalField path={`${row}/count`} label={t('field.packageCount')} code="DE 6/10" />
            <ListCode list="package-type" path={`${row}/type`} label={t('field.packageType')} maxLength={2} code="DE 6/9" />
            <TextField path={`${row}/marks`} label={t('field.marks')} maxLength={512} code="DE 6/11" />
          </>
        )}
      />
      <Papers at={path} />
      <Rows
        path={`${path}/additionalInformation`}
        title={t('section.statements')}
        row={(row) => (
          <>
            <ListCode list="additional-information" path={`${row}/code`} label={t('field.statementCode')} maxLength={17} code="DE 2/2" />
            <TextField path={`${row}/text`} label={t('field.statementText')} width="l" maxLength={512} />
          </>
        )}
      />
    </Stack>
  )
}
