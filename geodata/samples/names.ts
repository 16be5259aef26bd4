import type { RandomStream } from './random.ts';

// Every name is invented; only the way names are formed is that of the region.

export type InstitutionKind = 'school' | 'hospital' | 'market' | 'office' | 'kindergarten';

const COMPOUND_FIRST =
  '锦绣 阳光 金城 春晓 瑞丰 盛世 和平 吉祥 富民 龙源 清河 御景 明珠 翰林 世纪 鸿运 江南 北辰 紫荆 丽水'.split(' ');
const COMPOUND_LAST = '家园 花园 小区 名苑 新村 华庭 雅居 嘉园'.split(' ');
const OWNERS = '供销 粮食局 教师 铁路 电业 林业 水利 建材厂 化肥厂 商业'.split(' ');
const INSTITUTION_NAMES: Readonly<Record<InstitutionKind, readonly string[]>> = {
  school: ['实验小学', '第一中学', '文化小学', '第二中学', '朝阳小学', '职业学校', '明德小学', '第三中学'],
  hospital: ['县人民医院', '县中医院', '妇幼保健院', '康复医院'],
  market: ['中心市场', '早市大厅', '建材市场', '农贸市场', '河东市场', '客运站', '百货大楼'],
  office: ['税务所', '供电所', '水务公司', '文化馆', '法院', '档案馆', '图书馆', '粮库', '邮政局'],
  kindergarten: ['第一幼儿园', '蓝天幼儿园', '小星星幼儿园', '机关幼儿园', '启明幼儿园'],
};
const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗宋郑梁谢唐许冯邓曹彭曾肖田董袁潘于蒋蔡余杜'];
const GIVEN = [...'伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玲红梅辉颖晶雪峰宇晨欣妍博文立国建'];

export interface Namer {
  compound(): string;
  institution(kind: InstitutionKind): string;
  person(): string;
}

/** Hands out each compound's and institution's name once; persons may be namesakes. */
export function namer(random: RandomStream): Namer {
  const used = new Set<string>();
  const once = (make: () => string): string => {
    for (let attempt = 0; attempt < 60; attempt++) {
      const name = make();
      if (!used.has(name)) {
        used.add(name);
        return name;
      }
    }
    let number = 2;
    const base = make();
    while (used.has(`${base}${number}期`)) number++;
    used.add(`${base}${number}期`);
    return `${base}${number}期`;
  };
  return {
    compound: () =>
      once(() =>
        random.chance(0.15)
          ? `${random.pick(OWNERS)}家属院`
          : `${random.pick(COMPOUND_FIRST)}${random.pick(COMPOUND_LAST)}`,
      ),
    institution: (kind) => once(() => random.pick(INSTITUTION_NAMES[kind])),
    person: () => `${random.pick(SURNAMES)}${random.pick(GIVEN)}${random.chance(0.7) ? random.pick(GIVEN) : ''}`,
  };
}
