import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { i18n } from './locale/index.ts';
import { router } from './router.ts';
import './style/element-plus.ts';
import './style/tokens.css';
import './style/base.css';

createApp(App).use(createPinia()).use(router).use(i18n).mount('#app');
