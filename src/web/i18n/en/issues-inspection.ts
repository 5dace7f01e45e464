/** Images of scanners and what detectors say of them: what is wrong, and what to do. */
export const inspectionIssues = {
  'inspection.image_unknown': { text: 'There is no image {{id}}, or it is not of your offices.', fix: 'Load the list again.' },
  'inspection.image_unreadable': { text: 'The file cannot be opened: {{detail}}.', fix: 'Check its name and whether this user may read it.' },
  'inspection.image_empty': { text: 'The file is empty.', fix: 'Send the file again; nothing of it has arrived.' },
  'inspection.image_too_large': {
    text: 'The file has {{bytes}} bytes; {{max}} are taken at most.',
    fix: 'Deliver the image in parts, or compress it without loss.',
  },
  'inspection.image_unknown_format': {
    text: 'The file begins like no format that is read here.',
    fix: 'Send PNG, JPEG, TIFF or DICOM; the name of the file does not matter.',
  },
  'inspection.image_unsupported': {
    text: 'This kind of {{format}} is not read here: {{detail}}.',
    fix: 'Have the scanner write 8 or 16 bits without it.',
  },
  'inspection.image_mislabelled': {
    text: 'The file was announced as {{declared}} and is {{found}}.',
    fix: 'Announce what it is, or leave the type as application/octet-stream.',
  },
  'inspection.image_broken': { text: 'The {{format}} file is damaged: {{detail}}.', fix: 'Fetch it from the scanner again.' },
  'inspection.image_truncated': { text: 'The end of the {{format}} file is missing.', fix: 'Send it again; it was cut off on the way.' },
  'inspection.image_too_many_pixels': {
    text: 'The picture would have {{width}} × {{height}} pixels; a side has {{side}} at most, a picture {{pixels}}.',
    fix: 'Deliver the image in parts. Nothing of it was unfolded.',
  },
  'inspection.image_too_many_pages': {
    text: 'The file holds {{pages}} pages; that is more than is read here ({{max}}).',
    fix: 'Deliver the volume in parts.',
  },
  'inspection.image_pages_unexplained': {
    text: 'The file holds {{pages}} pages, and nothing says what they are.',
    fix: 'Two pages of one measurement need both energies (lowKeV, highKeV); send other pages one by one.',
  },
  'inspection.image_planes_not_grey': {
    text: 'A plane of a measurement is grey, and this one has colours.',
    fix: 'Send the transmission as it was measured.',
  },
  'inspection.image_planes_differ': {
    text: 'The planes are not of one size: low {{low}}, high {{high}}.',
    fix: 'Send both planes of the same scan.',
  },
  'inspection.image_files_incomplete': {
    text: 'An image is one file, or a low and a high one; what came is: {{roles}}.',
    fix: 'Send the missing plane too.',
  },
  'inspection.image_column_unclear': {
    text: 'An image of the column of projected threats must say that a threat was projected into it.',
    fix: 'Set isTip, or choose the column it belongs to.',
  },
  'inspection.image_is_tip': {
    text: 'A threat was projected into this image, so no decision with legal effect may rest on it.',
    fix: 'Bind an image of the goods as they are.',
  },
  'inspection.thresholds_unknown': { text: 'There are no thresholds {{id}}, or they are not of your offices.', fix: 'Load the list again.' },
  'inspection.thresholds_crossed': {
    text: 'Items would be diverted before they are reviewed.',
    fix: 'Set the threshold for diverting at or above the one for review.',
  },
  'inspection.thresholds_settled': { text: 'These thresholds have been decided on already.', fix: 'Load the list again.' },
  'inspection.thresholds_own': { text: 'You have proposed these thresholds yourself.', fix: 'Let a second person approve them.' },
  'inspection.original_unknown': { text: 'There is no original {{sha256}}.', fix: 'Send the file first.' },
  'inspection.plane_absent': { text: 'This image has no {{plane}}.', fix: 'Ask for one of the planes that its modality has.' },
  'inspection.note_invalid': {
    text: 'The note beside the image cannot be read: {{detail}}.',
    fix: 'Have the scanner write it as its adapter describes.',
  },
  'inspection.adapter_unknown': { text: 'There is no adapter {{adapter}} for scanners.', fix: 'Take "files", or add an adapter for this maker.' },
  'inspection.scanner_unknown': { text: 'There is no scanner {{id}} at your offices.', fix: 'Register the scanner first.' },
  'inspection.scanner_inactive': { text: 'Scanner {{id}} is out of use.', fix: 'Take it into use again in the register.' },
  'inspection.detector_absent': { text: 'No detector is installed for this item ({{item}}).', fix: 'A person must look at the image.' },
  'inspection.detector_failed': { text: 'The detector could not look: {{detail}}.', fix: 'A person must look at the image.' },
  'inspection.bag_too_small': {
    text: 'This has {{width}} × {{height}} pixels; on fewer than {{least}} a side nothing can be seen.',
    fix: 'A person must look at the item. Have the scanner deliver the whole image.',
  },
  'inspection.goods_unfamiliar': {
    text: 'The goods are unlike what the detector was trained on: distance {{distance}}, known up to {{threshold}}.',
    fix: 'A person must look at the image, whatever the score.',
  },
  'inspection.model_card_invalid': {
    text: 'The model folder {{folder}} has no usable card: {{detail}}.',
    fix: 'Install the model again, with its card.',
  },
  'inspection.model_altered': {
    text: 'The network of model {{model}} is not the one that its card was written for.',
    fix: 'Install the model again.',
  },
} as const
