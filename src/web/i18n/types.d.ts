// Which namespaces there are; a feature adds its line. The keys of each are those of its English file.
import type common from './en/common.ts'
import type kit from './en/kit.ts'
import type navigation from './en/navigation.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: {
      common: typeof common
      kit: typeof kit
      navigation: typeof navigation
    }
  }
}
