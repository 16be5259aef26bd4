/** Errors of the server and the network, by code: what happened, and what to do. */
export const errors = {
  offline: '连接不到服务器。您的改动保存在本机，恢复连接后会自动提交；请检查网络。',
  notFound: '没有找到所请求的内容，可能已被删除。请返回区县总览重新打开。',
  invalidRequest: '服务器没有接受这个请求，内容不完整或格式不对。请重新加载页面后再试。',
  staleChange: '方案已被他人修改，正在把您的改动接到最新版本上。',
  tooLarge: '文件太大，请拆分后再上传。',
  tooManyRequests: '操作太频繁，请稍等片刻再试。',
  internal: '服务器内部出错，数据没有改变。请稍后再试；若再次出现，请联系系统管理员。',
  unavailable: '服务器正忙或正在启动，请稍等片刻再试。',
  unknown: '操作没有成功（{code}）。请再试一次；若再次出现，请联系系统管理员。',
};
