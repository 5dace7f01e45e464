import type { Catalogue } from '#platform/catalogue.ts'

/** What inspection refuses. Texts live in i18n under the same code. */
export const issues: Catalogue = {
  'inspection.image_unknown': { status: 404 },
  'inspection.image_empty': { status: 422 },
  'inspection.image_too_large': { status: 413 },
  'inspection.image_unknown_format': { status: 415 },
  'inspection.image_unsupported': { status: 415 },
  'inspection.image_mislabelled': { status: 415 },
  'inspection.image_broken': { status: 422 },
  'inspection.image_truncated': { status: 422 },
  'inspection.image_too_many_pixels': { status: 422 },
  'inspection.image_too_many_pages': { status: 422 },
  'inspection.image_pages_unexplained': { status: 422 },
  'inspection.image_planes_not_grey': { status: 422 },
  'inspection.image_planes_differ': { status: 422 },
  'inspection.image_files_incomplete': { status: 422 },
  'inspection.image_column_unclear': { status: 422 },
  'inspection.original_unknown': { status: 422 },
  'inspection.plane_absent': { status: 404 },
  'inspection.scanner_unknown': { status: 422 },
  'inspection.scanner_inactive': { status: 422 },
  'inspection.detector_absent': { status: 422 },
  'inspection.detector_failed': { status: 422 },
}
