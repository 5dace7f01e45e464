/** مشكلات تنشأ في المتصفح نفسه. */
export default {
  'network.unreachable': { text: 'تعذّر الوصول إلى الخادم.', fix: 'ما كتبته محفوظ. حاول مجددًا عند عودة الاتصال.' },
  'form.required': { text: 'هذا الحقل فارغ.', fix: 'املأه.' },
  'form.not_a_number': { text: '«{{value}}» ليس رقمًا.', fix: 'اكتب أرقامًا مع فاصلة عشرية واحدة على الأكثر.' },
  'form.does_not_fit': { text: 'لم يُكتب كما يطلبه الحقل.', fix: 'اختر أحد المقترحات أو انظر إلى شكل الرمز.' },
  'form.too_long': { text: 'النص طويل جدًا: {{length}} من {{maximum}} حرفًا.', fix: 'اختصره.' },
  'form.code_unknown': { text: '«{{value}}» ليس في القائمة.', fix: 'اختر أحد الاقتراحات.' },
  'form.file_too_large': { text: 'الملف {{name}} كبير جدًا.', fix: 'الحد هو {{limit}}.' },
  'form.file_kind': { text: 'الملف {{name}} ليس من النوع المتوقع.', fix: 'اختر أحد الأنواع: {{kinds}}.' },
}
