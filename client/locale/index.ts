import { useLocalStorage } from '@vueuse/core';
import { type Ref, watch } from 'vue';
import { createI18n } from 'vue-i18n';
import { en } from './en.ts';
import { type Words, zhCN } from './zh-CN.ts';

export type LocaleName = 'zh-CN' | 'en';

type LeafPath<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Key : `${Key}.${LeafPath<Tree[Key]>}`;
}[keyof Tree & string];

/** Every sentence the page can say, as a dotted path; a misspelt one doesn't compile. */
export type WordKey = LeafPath<Words>;
export type WordValues = Readonly<Record<string, string | number>>;
export type Say = (key: WordKey, values?: WordValues) => string;

const chosen = useLocalStorage<LocaleName>('locale', 'zh-CN');

export const i18n = createI18n({
  legacy: false,
  locale: chosen.value,
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zhCN, en },
});

watch(
  chosen,
  (name) => {
    i18n.global.locale.value = name;
    document.documentElement.lang = name;
    document.title = i18n.global.t('shell.product');
  },
  { immediate: true },
);

/** The chosen language and how to change it; the choice outlives the visit. */
export function useLocale(): { readonly locale: Ref<LocaleName>; setLocale(name: LocaleName): void } {
  return {
    locale: chosen,
    setLocale: (name) => {
      chosen.value = name;
    },
  };
}

/** `t('county.title', { n: 3 })`: words in the chosen language, kept up to date inside templates and computed values. */
export function useWords(): Say {
  return (key, values) => i18n.global.t(key, values ?? {});
}

/** Words for a code that came from elsewhere (an issue, an error); null where the locale has none for it. */
export function wordsForCode(group: 'issues' | 'errors' | 'reasons', code: string, values: WordValues): string | null {
  const key = `${group}.${code}`;
  return i18n.global.te(key, 'zh-CN') ? i18n.global.t(key, values) : null;
}

/** 12,345 */
export function formatCount(count: number): string {
  return count.toLocaleString(chosen.value === 'en' ? 'en' : 'zh-CN');
}

/** Square metres as hectares with one decimal: 3.4 公顷 */
export function hectares(areaM2: number): string {
  return (areaM2 / 10_000).toFixed(areaM2 < 1_000 ? 2 : 1);
}
