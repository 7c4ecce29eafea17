<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Arguments</name>
    <message>
        <source>There is no option %1.</source>
        <translation>没有选项 %1。</translation>
    </message>
    <message>
        <source>--%1 takes no value.</source>
        <translation>--%1 不带值。</translation>
    </message>
    <message>
        <source>--%1 needs a value: --%1 %2.</source>
        <translation>--%1 需要一个值：--%1 %2。</translation>
    </message>
    <message>
        <source>Did you mean %1?</source>
        <translation>您是指 %1 吗？</translation>
    </message>
    <message>
        <source>Default: %1.</source>
        <translation>默认值：%1。</translation>
    </message>
    <message>
        <source>Usage: %1</source>
        <translation>用法：%1</translation>
    </message>
    <message>
        <source>Options:</source>
        <translation>选项：</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>Attribute</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>%1, differs</source>
        <translation>%1，不同</translation>
    </message>
</context>
<context>
    <name>Connection</name>
    <message>
        <source>Development</source>
        <translation>开发</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>预发布</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>生产</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <comment>seconds</comment>
        <translation>%1 秒前</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <comment>minutes</comment>
        <translation>%1 分钟前</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>%1 d %2</source>
        <comment>days, then hours:minutes:seconds</comment>
        <translation>%1 天 %2</translation>
    </message>
    <message>
        <source>%1 d</source>
        <comment>days</comment>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 h</source>
        <comment>hours</comment>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 min</source>
        <comment>minutes</comment>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Fresh id: key %1 became %2</source>
        <translation>新 ID：键 %1 变为 %2</translation>
    </message>
    <message>
        <source>Fresh id</source>
        <translation>新 ID</translation>
    </message>
    <message>
        <source>Destroyed by the application (logged out)</source>
        <translation>被应用销毁（已登出）</translation>
    </message>
    <message>
        <source>Expired: no request for the whole idle time</source>
        <translation>已过期：整个空闲时间内没有请求</translation>
    </message>
    <message>
        <source>Expired: reached the absolute end of its life</source>
        <translation>已过期：达到绝对期限</translation>
    </message>
    <message>
        <source>Expired: its fixed deadline passed</source>
        <translation>已过期：固定期限已过</translation>
    </message>
    <message>
        <source>Evicted: the user had too many sessions</source>
        <translation>被淘汰：该用户的会话过多</translation>
    </message>
    <message>
        <source>Revoked: the user logged out everywhere</source>
        <translation>已吊销：用户在所有设备登出</translation>
    </message>
    <message>
        <source>Revoked by an administrator</source>
        <translation>被管理员吊销</translation>
    </message>
    <message>
        <source>Set aside: the record could not be decoded</source>
        <translation>已隔离：记录无法解码</translation>
    </message>
    <message>
        <source>rotated</source>
        <translation>已更换 ID</translation>
    </message>
    <message>
        <source>destroyed</source>
        <translation>已销毁</translation>
    </message>
    <message>
        <source>expired (idle)</source>
        <translation>已过期（空闲）</translation>
    </message>
    <message>
        <source>expired (absolute)</source>
        <translation>已过期（绝对）</translation>
    </message>
    <message>
        <source>expired (deadline)</source>
        <translation>已过期（期限）</translation>
    </message>
    <message>
        <source>evicted (too many)</source>
        <translation>被淘汰（过多）</translation>
    </message>
    <message>
        <source>revoked (by user)</source>
        <translation>已吊销（用户）</translation>
    </message>
    <message>
        <source>revoked (admin)</source>
        <translation>已吊销（管理员）</translation>
    </message>
    <message>
        <source>set aside</source>
        <translation>已隔离</translation>
    </message>
    <message>
        <source>as the application decides</source>
        <translation>由应用决定</translation>
    </message>
    <message>
        <source>after %1 without a request</source>
        <translation>%1 无请求后</translation>
    </message>
    <message>
        <source>when the browser closes</source>
        <translation>浏览器关闭时</translation>
    </message>
    <message>
        <source>at %1, whatever happens</source>
        <translation>固定于 %1</translation>
    </message>
    <message numerus="yes">
        <source>{%Ln names}</source>
        <translation>
            <numerusform>{%Ln 个字段}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>[%Ln items]</source>
        <translation>
            <numerusform>[%Ln 项]</numerusform>
        </translation>
    </message>
    <message>
        <source>Brought into this store by %1</source>
        <comment>an administrator</comment>
        <translation>由 %1 带入此存储</translation>
    </message>
    <message>
        <source>Revoked by %1</source>
        <comment>an administrator</comment>
        <translation>被 %1 吊销</translation>
    </message>
    <message>
        <source>Brought back by %1</source>
        <comment>an administrator</comment>
        <translation>由 %1 恢复</translation>
    </message>
    <message>
        <source>Changed by %1</source>
        <comment>an administrator</comment>
        <translation>由 %1 更改</translation>
    </message>
    <message>
        <source>Fresh id, by %1</source>
        <comment>an administrator</comment>
        <translation>由 %1 更换标识</translation>
    </message>
    <message>
        <source>Ended by %1, who set its deadline</source>
        <comment>an administrator</comment>
        <translation>由 %1 设置期限而结束</translation>
    </message>
</context>
<context>
    <name>HiddenValues</name>
    <message numerus="yes">
        <source>(%Ln characters: edit them in the list)</source>
        <translation>
            <numerusform>（%Ln 个字符：请在列表中编辑）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Error</name>
    <message>
        <source>the gzip file is cut off</source>
        <translation>gzip 文件不完整</translation>
    </message>
    <message>
        <source>the gzip data is damaged</source>
        <translation>gzip 数据已损坏</translation>
    </message>
    <message>
        <source>zlib cannot start, probably for lack of memory. Use a plain file.</source>
        <translation>zlib 无法启动，可能是内存不足。请使用未压缩的文件。</translation>
    </message>
    <message>
        <source>This build of Sojourn has no zlib and cannot read or write .gz files. Use a plain file.</source>
        <translation>此 Sojourn 构建不含 zlib，无法读写 .gz 文件。请使用未压缩的文件。</translation>
    </message>
    <message>
        <source>There is no living session with this key.</source>
        <translation>没有使用此键的存活会话。</translation>
    </message>
    <message>
        <source>There is a session with this key already. Choose another key.</source>
        <translation>已有使用此键的会话。请换一个键。</translation>
    </message>
    <message>
        <source>This user has as many sessions as allowed (%1). End one of them first.</source>
        <translation>该用户的会话数已达上限（%1）。请先结束其中一个。</translation>
    </message>
    <message>
        <source>The session would take %1 bytes, and the limit is %2. Store less in it, or raise the limit.</source>
        <translation>该会话将占用 %1 字节，上限为 %2。请减少其内容，或提高上限。</translation>
    </message>
    <message>
        <source>The session has expired already. Give it a deadline in the future.</source>
        <translation>会话已过期。请设置将来的期限。</translation>
    </message>
    <message>
        <source>Give the name of a user.</source>
        <translation>请给出用户名。</translation>
    </message>
    <message>
        <source>The store is open for reading only. Open it for writing to change sessions.</source>
        <translation>存储以只读方式打开。要修改会话，请以可写方式打开。</translation>
    </message>
    <message>
        <source>Attribute &quot;%1&quot; is no number and cannot be incremented. Set it to a number first.</source>
        <translation>属性“%1”不是数字，无法递增。请先将其设为数字。</translation>
    </message>
    <message>
        <source>The session has changed meanwhile: it is at version %1, not %2. Read it again.</source>
        <translation>会话已被更改：现为版本 %1，而非 %2。请重新读取。</translation>
    </message>
    <message>
        <source>must be a time like 2026-11-22T07:12:00.000Z</source>
        <translation>必须是形如 2026-11-22T07:12:00.000Z 的时间</translation>
    </message>
    <message>
        <source>must be a session key, 43 characters of base64url</source>
        <translation>必须是会话键，即 43 个 base64url 字符</translation>
    </message>
    <message>
        <source>must be text that is not empty, or null</source>
        <translation>必须是非空文本或 null</translation>
    </message>
    <message>
        <source>must be a whole number from 1</source>
        <translation>必须是从 1 开始的整数</translation>
    </message>
    <message>
        <source>must be {&quot;idle&quot;: seconds}, {&quot;at&quot;: time}, {&quot;sessionEnd&quot;: true} or null</source>
        <translation>必须是 {&quot;idle&quot;: 秒数}、{&quot;at&quot;: 时间}、{&quot;sessionEnd&quot;: true} 或 null</translation>
    </message>
    <message>
        <source>must be an object</source>
        <translation>必须是对象</translation>
    </message>
    <message>
        <source>The session store did not answer in time. Check that it runs and is not overloaded.</source>
        <translation>会话存储未及时应答。请检查它是否在运行且未过载。</translation>
    </message>
    <message>
        <source>The cursor does not belong to this query. Start again without one.</source>
        <translation>游标不属于此查询。请不带游标重新开始。</translation>
    </message>
    <message>
        <source>%1 is a folder and cannot be replaced by a snapshot. Choose another name.</source>
        <translation>%1 是文件夹，不能替换为快照。请换一个名称。</translation>
    </message>
    <message>
        <source>Cannot write the snapshot %1: %2.</source>
        <translation>无法写入快照 %1：%2。</translation>
    </message>
    <message>
        <source>A session is in the snapshot twice: the one whose key begins with %1. Nothing was imported.</source>
        <translation>快照中有一个会话出现了两次（其键以 %1 开头）。未导入任何内容。</translation>
    </message>
    <message>
        <source>Session %1 takes %2 bytes, and the limit of the store is %3. Nothing was imported.</source>
        <translation>会话 %1 占用 %2 字节，存储的上限为 %3。未导入任何内容。</translation>
    </message>
    <message>
        <source>Session %1 was created meanwhile.</source>
        <translation>会话 %1 在此期间已被创建。</translation>
    </message>
    <message>
        <source>%1 sessions of the file are in the store already. Nothing was imported: choose whether to skip or to overwrite them.</source>
        <translation>文件中有 %1 个会话已在存储中。未导入任何内容：请选择跳过或覆盖它们。</translation>
    </message>
    <message>
        <source>%1 is no regular file. Save the snapshot to a file first: it is read twice.</source>
        <translation>%1 不是普通文件。请先把快照保存为文件：它会被读取两次。</translation>
    </message>
    <message>
        <source>Cannot read the snapshot %1: %2.</source>
        <translation>无法读取快照 %1：%2。</translation>
    </message>
    <message>
        <source>it does not begin with {</source>
        <translation>它不以 { 开头</translation>
    </message>
    <message>
        <source>a comma or ] must stand before it</source>
        <translation>其前必须有逗号或 ]</translation>
    </message>
    <message>
        <source>%1 follows the end</source>
        <translation>结尾之后还有 %1</translation>
    </message>
    <message>
        <source>it is longer than %1 bytes</source>
        <translation>它长于 %1 字节</translation>
    </message>
    <message>
        <source>the file ends within it</source>
        <translation>文件在其中间结束</translation>
    </message>
    <message>
        <source>a comma or } must follow</source>
        <translation>其后必须有逗号或 }</translation>
    </message>
    <message>
        <source>a name in quotes must follow</source>
        <translation>其后必须是带引号的名称</translation>
    </message>
    <message>
        <source>%1 does not belong there</source>
        <translation>%1 不应出现在那里</translation>
    </message>
    <message>
        <source>%1 stands there twice</source>
        <translation>%1 在那里出现两次</translation>
    </message>
    <message>
        <source>a colon is missing after %1</source>
        <translation>%1 之后缺少冒号</translation>
    </message>
    <message>
        <source>&quot;sessions&quot; must be an array</source>
        <translation>&quot;sessions&quot; 必须是数组</translation>
    </message>
    <message>
        <source>&quot;format&quot; must be &quot;sojourn-snapshot&quot;</source>
        <translation>&quot;format&quot; 必须是 &quot;sojourn-snapshot&quot;</translation>
    </message>
    <message>
        <source>&quot;version&quot; must be %1, the only one that this program reads</source>
        <translation>&quot;version&quot; 必须是 %1，本程序只读取该版本</translation>
    </message>
    <message>
        <source>&quot;exportedAt&quot; must be a time like 2026-11-22T07:12:00.000Z</source>
        <translation>&quot;exportedAt&quot; 必须是形如 2026-11-22T07:12:00.000Z 的时间</translation>
    </message>
    <message>
        <source>&quot;store&quot; must be text</source>
        <translation>&quot;store&quot; 必须是文本</translation>
    </message>
    <message>
        <source>&quot;format&quot;, &quot;version&quot;, &quot;exportedAt&quot; and &quot;store&quot; must all be there</source>
        <translation>&quot;format&quot;、&quot;version&quot;、&quot;exportedAt&quot; 和 &quot;store&quot; 都必须存在</translation>
    </message>
    <message>
        <source>The snapshot cannot be read to its end: %1.</source>
        <translation>无法将快照读到末尾：%1。</translation>
    </message>
    <message>
        <source>This is no snapshot of sessions: %1.</source>
        <translation>这不是会话快照：%1。</translation>
    </message>
    <message>
        <source>The snapshot has a fault at %1: %2.</source>
        <translation>快照有错误，位于 %1：%2。</translation>
    </message>
    <message>
        <source>Session %1 is in the snapshot twice.</source>
        <translation>会话 %1 在快照中出现两次。</translation>
    </message>
    <message>
        <source>Opening the snapshot was stopped.</source>
        <translation>已停止打开快照。</translation>
    </message>
    <message>
        <source>The snapshot cannot be written: %1.</source>
        <translation>无法写入快照：%1。</translation>
    </message>
    <message>
        <source>The application had no time for this before it was given up. Nothing was done.</source>
        <translation>在放弃等待之前，应用未来得及处理。未执行任何操作。</translation>
    </message>
    <message>
        <source>The application has as many live connections as it allows. Close one of them.</source>
        <translation>该应用的实时连接数已达上限。请关闭其中一个。</translation>
    </message>
    <message>
        <source>A change through a live connection may have %1 attributes. Make several changes of it.</source>
        <translation>通过实时连接的一次更改最多 %1 个属性。请分多次更改。</translation>
    </message>
    <message>
        <source>The application &quot;%1&quot; closed the connection. Whether a change that was under way happened is not known.</source>
        <translation>应用“%1”关闭了连接。无法确定正在进行的更改是否已生效。</translation>
    </message>
    <message>
        <source>No application is live as &quot;%1&quot;. Start it, or check the name.</source>
        <translation>没有名为“%1”的运行中应用。请启动它，或检查名称。</translation>
    </message>
    <message>
        <source>The connection to &quot;%1&quot; was closed here before the answer came.</source>
        <translation>与“%1”的连接在应答到来之前已在此关闭。</translation>
    </message>
    <message>
        <source>The application answered what makes no sense.</source>
        <translation>应用的应答没有意义。</translation>
    </message>
    <message>
        <source>This is more than the application &quot;%1&quot; takes at a time. Change less at once.</source>
        <translation>这超出了应用“%1”一次可接受的量。请一次少改一些。</translation>
    </message>
    <message>
        <source>What listens as live &quot;%1&quot; does not speak Sojourn&apos;s language.</source>
        <translation>以“%1”监听的程序不使用 Sojourn 的协议。</translation>
    </message>
    <message>
        <source>The application &quot;%1&quot; speaks version %2 of the live protocol, and this program version %3. Use the same release of Sojourn on both ends.</source>
        <translation>应用“%1”使用实时协议版本 %2，本程序使用版本 %3。请在两端使用同一版本的 Sojourn。</translation>
    </message>
    <message>
        <source>The application &quot;%1&quot; runs as another user. Run this program as that user.</source>
        <translation>应用“%1”以另一用户身份运行。请以该用户身份运行本程序。</translation>
    </message>
    <message>
        <source>The application &quot;%1&quot; did not answer in time. Check that it runs and is not overloaded.</source>
        <translation>应用“%1”未及时应答。请检查它是否在运行且未过载。</translation>
    </message>
    <message>
        <source>The name of a live application is empty, too long or has characters that do not fit; use 1 to %1 of A-Z a-z 0-9 . _ -</source>
        <translation>运行中应用的名称为空、过长或含有不允许的字符；请使用 1 到 %1 个 A-Z a-z 0-9 . _ - 字符</translation>
    </message>
    <message>
        <source>The session store was closed.</source>
        <translation>会话存储已关闭。</translation>
    </message>
    <message>
        <source>The host name of Redis at %1 is not known: %2. Check the store&apos;s address.</source>
        <translation>%1 处 Redis 的主机名未知：%2。请检查存储的地址。</translation>
    </message>
    <message>
        <source>Redis at %1 has no database %2: %3.</source>
        <translation>%1 处的 Redis 没有数据库 %2：%3。</translation>
    </message>
    <message>
        <source>Redis at %1 wants a password, and none was given.</source>
        <translation>%1 处的 Redis 要求密码，但未提供。</translation>
    </message>
    <message>
        <source>Redis at %1 is not ready: %2.</source>
        <translation>%1 处的 Redis 尚未就绪：%2。</translation>
    </message>
    <message>
        <source>Redis at %1 does not tell its time: %2.</source>
        <translation>%1 处的 Redis 未给出时间：%2。</translation>
    </message>
    <message>
        <source>The connection to Redis at %1 was lost: %2.</source>
        <translation>与 %1 处 Redis 的连接已断开：%2。</translation>
    </message>
    <message>
        <source>Redis at %1 sent what is no reply (%2). Check that it is Redis that listens there.</source>
        <translation>%1 处的 Redis 发送的不是应答（%2）。请确认那里运行的是 Redis。</translation>
    </message>
    <message>
        <source>Redis at %1 is a replica. Use the address of its master.</source>
        <translation>%1 处的 Redis 是副本。请使用其主节点的地址。</translation>
    </message>
    <message>
        <source>Redis at %1 cannot be reached: %2. Check that it runs and that the store&apos;s address is right.</source>
        <translation>无法连接 %1 处的 Redis：%2。请检查它是否在运行以及存储的地址是否正确。</translation>
    </message>
    <message>
        <source>This Redis server is a replica and takes no changes. Use the address of its master.</source>
        <translation>此 Redis 服务器是副本，不接受更改。请使用其主节点的地址。</translation>
    </message>
    <message>
        <source>Redis cannot do that: %1.</source>
        <translation>Redis 无法执行：%1。</translation>
    </message>
    <message>
        <source>There is a session with this key already.</source>
        <translation>已有使用此键的会话。</translation>
    </message>
    <message>
        <source>This is no cursor of a page before. Begin at the first page.</source>
        <translation>这不是前一页的游标。请从第一页开始。</translation>
    </message>
    <message>
        <source>A script answered what it should not.</source>
        <translation>脚本给出了不应有的应答。</translation>
    </message>
    <message>
        <source>The session has expired already.</source>
        <translation>会话已过期。</translation>
    </message>
    <message>
        <source>Redis does not tell which events were missed.</source>
        <translation>Redis 未说明错过了哪些事件。</translation>
    </message>
    <message>
        <source>This build cannot reach Redis over TLS: it needs hiredis 1.0 with hiredis_ssl. Build it with these, or use a connection without TLS where nobody can listen.</source>
        <translation>此构建无法通过 TLS 连接 Redis：需要 hiredis 1.0 与 hiredis_ssl。请用它们构建，或在无人能窃听之处使用不带 TLS 的连接。</translation>
    </message>
    <message>
        <source>TLS is not available.</source>
        <translation>TLS 不可用。</translation>
    </message>
    <message>
        <source>the certificates in &quot;%1&quot; cannot be read</source>
        <translation>无法读取“%1”中的证书</translation>
    </message>
    <message>
        <source>TLS does not take this host name</source>
        <translation>TLS 不接受此主机名</translation>
    </message>
    <message>
        <source>The connection to Redis at %1 was lost before it answered: %2. If it wants TLS, use a rediss URL.</source>
        <translation>与 %1 处 Redis 的连接在其应答之前中断：%2。如果它要求 TLS，请使用 rediss URL。</translation>
    </message>
    <message>
        <source>Redis at %1 did not answer over TLS in time. Check that it listens with TLS there and is not overloaded.</source>
        <translation>%1 处的 Redis 未能通过 TLS 及时应答。请检查它是否在该处以 TLS 监听，且没有过载。</translation>
    </message>
    <message>
        <source>The certificate of the server at %1 is for other addresses. Use an address that it is for, or have one issued that is for this one too.</source>
        <translation>%1 处服务器的证书是给其他地址的。请使用证书所对应的地址，或申请也适用于此地址的证书。</translation>
    </message>
    <message>
        <source>The certificate of the server at %1 has run out, or is not valid yet. Renew it, or set this machine&apos;s clock right.</source>
        <translation>%1 处服务器的证书已过期或尚未生效。请更新证书，或校准本机的时钟。</translation>
    </message>
    <message>
        <source>The certificate of the server at %1 is not accepted (%2). Have this machine trust the authority that issued it; SSL_CERT_FILE may name a file with its certificate.</source>
        <translation>%1 处服务器的证书不被接受（%2）。请让本机信任签发它的机构；SSL_CERT_FILE 可指定含有该机构证书的文件。</translation>
    </message>
    <message>
        <source>%1 is locked by another program. Try again when that has finished.</source>
        <translation>%1 被另一程序锁定。请待其结束后重试。</translation>
    </message>
    <message>
        <source>%1 is write-protected. Make the file and its folder writable for this user.</source>
        <translation>%1 有写保护。请让此用户可写该文件及其文件夹。</translation>
    </message>
    <message>
        <source>The disk of %1 is full. Free some space on it.</source>
        <translation>%1 所在的磁盘已满。请腾出空间。</translation>
    </message>
    <message>
        <source>%1 cannot be opened. Check that it is a file, and that this user may read and write it and its folder.</source>
        <translation>无法打开 %1。请检查它是否为文件，以及此用户能否读写它及其文件夹。</translation>
    </message>
    <message>
        <source>%1 cannot be read or written: %2. Check its disk.</source>
        <translation>无法读写 %1：%2。请检查其磁盘。</translation>
    </message>
    <message>
        <source>%1 is no SQLite database. Choose another file for the sessions.</source>
        <translation>%1 不是 SQLite 数据库。请为会话选择另一个文件。</translation>
    </message>
    <message>
        <source>%1 is damaged. Restore it from a backup, or repair it with sqlite3&apos;s .recover.</source>
        <translation>%1 已损坏。请从备份恢复，或用 sqlite3 的 .recover 修复。</translation>
    </message>
    <message>
        <source>%1 does not work: %2.</source>
        <translation>%1 无法工作：%2。</translation>
    </message>
    <message>
        <source>Qt&apos;s driver for SQLite is missing. On Debian and Ubuntu: apt install libqt6sql6-sqlite</source>
        <translation>缺少 Qt 的 SQLite 驱动。在 Debian 和 Ubuntu 上：apt install libqt6sql6-sqlite</translation>
    </message>
    <message>
        <source>There is no file %1. Check the path.</source>
        <translation>没有文件 %1。请检查路径。</translation>
    </message>
    <message>
        <source>%1 cannot be made: %2. Check that its folder exists and that this user may write there.</source>
        <translation>无法创建 %1：%2。请检查其文件夹是否存在以及此用户能否写入。</translation>
    </message>
    <message>
        <source>%1 is a database of another program. Choose another file for the sessions.</source>
        <translation>%1 是另一程序的数据库。请为会话选择另一个文件。</translation>
    </message>
    <message>
        <source>%1 was written by a newer version of Sojourn (format %2, known here: up to %3). Update this program.</source>
        <translation>%1 由更新版本的 Sojourn 写入（格式 %2，此处已知：至 %3）。请更新本程序。</translation>
    </message>
    <message>
        <source>This is no cursor of a list in this order. Start again without one.</source>
        <translation>这不是此排序列表的游标。请不带游标重新开始。</translation>
    </message>
    <message>
        <source>The session store is being closed.</source>
        <translation>会话存储正在关闭。</translation>
    </message>
    <message>
        <source>The session database %1 did not answer in time. Check its disk, and that no program locks it.</source>
        <translation>会话数据库 %1 未及时应答。请检查其磁盘，以及是否有程序锁定它。</translation>
    </message>
    <message>
        <source>%1 is too busy. Try again later.</source>
        <translation>%1 太忙。请稍后重试。</translation>
    </message>
    <message>
        <source>There is a session with this key already. Take a fresh id.</source>
        <translation>已有使用此键的会话。请使用新 ID。</translation>
    </message>
    <message>
        <source>An attribute of the session is no JSON. Set it to a JSON value.</source>
        <translation>会话的某个属性不是 JSON。请将其设为 JSON 值。</translation>
    </message>
    <message>
        <source>The session has expired already. Give it a deadline that lies ahead.</source>
        <translation>会话已过期。请给它一个将来的期限。</translation>
    </message>
    <message>
        <source>The %1 in the store URL has a % that two hexadecimal digits do not follow; write %25 for the sign itself.</source>
        <translation>存储 URL 中的 %1 含有后面没有两位十六进制数字的 %；该符号本身请写作 %25。</translation>
    </message>
    <message>
        <source>The path in the store URL is empty; write sqlite: and the path of the database file behind it.</source>
        <translation>存储 URL 中的路径为空；请写 sqlite: 并在其后写数据库文件的路径。</translation>
    </message>
    <message>
        <source>The path in the store URL does not name a file; sessions in memory have the store URL memory:.</source>
        <translation>存储 URL 中的路径不是文件；内存中的会话使用存储 URL memory:。</translation>
    </message>
    <message>
        <source>The store URL has an unknown option; sqlite: knows ?synchronous=full only (write %3F for a ? in a path).</source>
        <translation>存储 URL 含有未知选项；sqlite: 只支持 ?synchronous=full（路径中的 ? 请写作 %3F）。</translation>
    </message>
    <message>
        <source>The option synchronous in the store URL has an unknown value; the only one is full.</source>
        <translation>存储 URL 中的选项 synchronous 的值未知；唯一的值是 full。</translation>
    </message>
    <message>
        <source>The host in the store URL is not an IPv6 address in brackets, such as [::1].</source>
        <translation>存储 URL 中的主机不是方括号中的 IPv6 地址，如 [::1]。</translation>
    </message>
    <message>
        <source>The host in the store URL has several colons; write an IPv6 address in brackets, such as [::1].</source>
        <translation>存储 URL 中的主机含有多个冒号；IPv6 地址请写在方括号中，如 [::1]。</translation>
    </message>
    <message>
        <source>The port in the store URL is not a number from 1 to 65535.</source>
        <translation>存储 URL 中的端口不是 1 到 65535 的数字。</translation>
    </message>
    <message>
        <source>The store URL lacks the // before the host; write redis://[user:password@]host[:port][/number][?prefix=P].</source>
        <translation>存储 URL 的主机前缺少 //；请写 redis://[用户:密码@]主机[:端口][/编号][?prefix=P]。</translation>
    </message>
    <message>
        <source>The database in the store URL is not a number; write redis://host:port/0, for example.</source>
        <translation>存储 URL 中的数据库不是数字；例如请写 redis://主机:端口/0。</translation>
    </message>
    <message>
        <source>The store URL has an unknown option; redis: and rediss: know ?prefix=P only.</source>
        <translation>存储 URL 含有未知选项；redis: 和 rediss: 只支持 ?prefix=P。</translation>
    </message>
    <message>
        <source>The prefix in the store URL is empty; leave the option out for the default, sojourn:.</source>
        <translation>存储 URL 中的前缀为空；要使用默认值 sojourn:，请省略该选项。</translation>
    </message>
    <message>
        <source>The store URL has an unknown option; redis+unix: knows none (write %3F for a ? in a path).</source>
        <translation>存储 URL 含有未知选项；redis+unix: 不支持任何选项（路径中的 ? 请写作 %3F）。</translation>
    </message>
    <message>
        <source>The path in the store URL is empty; write redis+unix: and the path of the server&apos;s socket behind it.</source>
        <translation>存储 URL 中的路径为空；请写 redis+unix: 并在其后写服务器套接字的路径。</translation>
    </message>
    <message>
        <source>Nothing may stand behind memory: in the store URL.</source>
        <translation>存储 URL 中 memory: 之后不能有任何内容。</translation>
    </message>
    <message>
        <source>There is no memory for a connection.</source>
        <translation>内存不足，无法建立连接。</translation>
    </message>
    <message>
        <source>The session is too large for a live connection.</source>
        <translation>会话对实时连接而言过大。</translation>
    </message>
    <message>
        <source>Redis at %1 refuses the user name or the password. Check both.</source>
        <translation>%1 处的 Redis 拒绝用户名或密码。请检查两者。</translation>
    </message>
    <message>
        <source>Redis at %1 did not answer in time. Check that it runs and is not overloaded.</source>
        <translation>%1 处的 Redis 未及时应答。请检查它是否在运行且未过载。</translation>
    </message>
    <message>
        <source>Redis at %1 cannot be reached: %2. Check that it runs and that its setting &quot;unixsocket&quot; has this path.</source>
        <translation>无法连接到 %1 的 Redis：%2。请检查它是否在运行，以及其 “unixsocket” 设置是否为此路径。</translation>
    </message>
    <message>
        <source>Redis at %1 is a replica. Use the address of its master, or the store URL %2+sentinel://SENTINEL/MASTER that follows it.</source>
        <translation>%1 的 Redis 是副本。请使用其主节点的地址，或使用可跟随主节点的存储 URL %2+sentinel://SENTINEL/MASTER。</translation>
    </message>
    <message>
        <source>Redis at %1 is a node of a cluster. Use the store URL %2+cluster://%1</source>
        <translation>%1 的 Redis 是集群节点。请使用存储 URL %2+cluster://%1</translation>
    </message>
    <message>
        <source>Redis at %1 is a sentinel. Use the store URL %2+sentinel://%1/MASTER with the name of its master.</source>
        <translation>%1 的 Redis 是哨兵。请使用存储 URL %2+sentinel://%1/MASTER，并填入其主节点名称。</translation>
    </message>
    <message>
        <source>Redis did not begin to tell of events in time. Check that it is not overloaded, and that each slot of a cluster has a master.</source>
        <translation>Redis 未能及时开始通知事件。请检查它是否过载，以及集群的每个槽是否都有主节点。</translation>
    </message>
    <message>
        <source>The connection over which Redis at %1 tells of events is dead. It is renewed.</source>
        <translation>%1 的 Redis 用于通知事件的连接已断开，正在重新建立。</translation>
    </message>
    <message>
        <source>%1. %2 sessions had been ended by then.</source>
        <translation>%1。届时已结束 %2 个会话。</translation>
    </message>
    <message>
        <source>A newer version of Sojourn wrote this session. Update this program to read it.</source>
        <translation>此会话由更新版本的 Sojourn 写入。请更新本程序以读取。</translation>
    </message>
    <message>
        <source>The memory of Redis is full, and nothing was changed. Raise its setting maxmemory, or remove what is not needed.</source>
        <translation>Redis 内存已满，未更改任何内容。请调大其 maxmemory 设置，或删除不需要的数据。</translation>
    </message>
    <message>
        <source>Redis takes no changes, as it cannot write to its disk. Look into its log.</source>
        <translation>Redis 无法写入磁盘，因此不接受更改。请查看其日志。</translation>
    </message>
    <message>
        <source>Redis takes no changes, as too few of its replicas are there. Look after them.</source>
        <translation>可用副本过少，Redis 不接受更改。请检查其副本。</translation>
    </message>
    <message>
        <source>A key of the store holds something of another type, and nothing was changed (%1). Remove that key, or use another prefix.</source>
        <translation>存储的某个键含有其他类型的数据，未更改任何内容（%1）。请删除该键，或使用其他前缀。</translation>
    </message>
    <message>
        <source>This account may not use a command that the store needs, and nothing was changed. Give it the rights that the README lists.</source>
        <translation>此账户无权使用存储所需的命令，未更改任何内容。请授予 README 中列出的权限。</translation>
    </message>
    <message>
        <source>Redis is busy with a script. Try again in a while, or end it with SCRIPT KILL.</source>
        <translation>Redis 正忙于执行脚本。请稍后重试，或用 SCRIPT KILL 终止。</translation>
    </message>
    <message>
        <source>Redis is not ready yet: it loads its data. Try again in a while.</source>
        <translation>Redis 尚未就绪：正在加载数据。请稍后重试。</translation>
    </message>
    <message>
        <source>Redis is not ready yet: it waits for its master. Try again in a while.</source>
        <translation>Redis 尚未就绪：正在等待主节点。请稍后重试。</translation>
    </message>
    <message>
        <source>The session has another key by now. Use the one that replaced this.</source>
        <translation>该会话现在已有另一个键。请使用替换它的那个键。</translation>
    </message>
    <message>
        <source>The session ended or got another id while this request was under way, so its changes were not saved.</source>
        <translation>在此请求进行期间，会话已结束或换了标识，因此其更改未保存。</translation>
    </message>
    <message>
        <source>The session has been removed.</source>
        <translation>该会话已被删除。</translation>
    </message>
    <message>
        <source>This store has no space to give back. Only a file can be made smaller.</source>
        <translation>此存储没有可释放的空间。只有文件才能缩小。</translation>
    </message>
    <message>
        <source>The session store was used in a thread that is not its own, so nothing was done.</source>
        <translation>会话存储在不属于它的线程中被使用，因此什么也没有做。</translation>
    </message>
    <message>
        <source>The condition has no name; write NAME or NAME=JSON.</source>
        <translation>条件没有名称；请写 NAME 或 NAME=JSON。</translation>
    </message>
    <message>
        <source>What follows the = is not JSON. Text needs quotes, as in &apos;role=&quot;admin&quot;&apos;.</source>
        <translation>= 后面的内容不是 JSON。文本需要引号，例如 &apos;role=&quot;admin&quot;&apos;。</translation>
    </message>
    <message>
        <source>The JSON is nested deeper than %1 levels. Make it flatter.</source>
        <translation>JSON 的嵌套超过 %1 层。请减少层数。</translation>
    </message>
    <message>
        <source>The number %1 cannot be kept exactly. Send it as text in quotes.</source>
        <translation>数字 %1 无法精确保存。请将其作为带引号的文本给出。</translation>
    </message>
    <message>
        <source>The JSON has text that is not valid Unicode. Send it as UTF-8 and surrogates only in pairs.</source>
        <translation>JSON 中有不是有效 Unicode 的文本。请使用 UTF-8，代理项必须成对。</translation>
    </message>
    <message>
        <source>The name &quot;%1&quot; stands twice in one object of the JSON. Give each value its own name.</source>
        <translation>名称“%1”在 JSON 的同一个对象中出现了两次。请为每个值取不同的名称。</translation>
    </message>
    <message>
        <source>something follows the value</source>
        <translation>值后面还有内容</translation>
    </message>
    <message>
        <source>This is not JSON: %1 (at its byte %2).</source>
        <translation>这不是 JSON：%1（第 %2 字节处）。</translation>
    </message>
    <message>
        <source>a value must stand here</source>
        <translation>此处必须是一个值</translation>
    </message>
    <message>
        <source>a digit must follow the point</source>
        <translation>小数点后必须是数字</translation>
    </message>
    <message>
        <source>a digit must follow the e</source>
        <translation>e 后必须是数字</translation>
    </message>
    <message>
        <source>four hexadecimal digits must follow \u</source>
        <translation>\u 后必须是四个十六进制数字</translation>
    </message>
    <message>
        <source>no such escape exists</source>
        <translation>没有这种转义</translation>
    </message>
    <message>
        <source>it ends within a string</source>
        <translation>在字符串中间结束</translation>
    </message>
    <message>
        <source>a control character in a string must be written as an escape</source>
        <translation>字符串中的控制字符必须写成转义</translation>
    </message>
    <message>
        <source>a comma or ] must stand here</source>
        <translation>此处必须是逗号或 ]</translation>
    </message>
    <message>
        <source>a comma or } must stand here</source>
        <translation>此处必须是逗号或 }</translation>
    </message>
    <message>
        <source>a name in quotes must stand here</source>
        <translation>此处必须是带引号的名称</translation>
    </message>
    <message>
        <source>a colon must follow the name</source>
        <translation>名称后必须是冒号</translation>
    </message>
    <message>
        <source>A number that is not finite has no form in JSON. Store null or a text in its place.</source>
        <translation>非有限数在 JSON 中没有表示形式。请改为存储 null 或文本。</translation>
    </message>
    <message>
        <source>The attribute name is not valid Unicode. Use UTF-8 and surrogates only in pairs.</source>
        <translation>属性名不是有效的 Unicode。请使用 UTF-8，代理项必须成对。</translation>
    </message>
    <message>
        <source>The user name is not valid Unicode. Use surrogates only in pairs.</source>
        <translation>用户名不是有效的 Unicode。代理项必须成对。</translation>
    </message>
    <message>
        <source>The user name is longer than %1 bytes in UTF-8. Use a shorter one.</source>
        <translation>用户名的 UTF-8 长度超过 %1 字节。请使用更短的用户名。</translation>
    </message>
    <message>
        <source>Flash values must be an array of JSON.</source>
        <translation>闪存值必须是 JSON 数组。</translation>
    </message>
    <message>
        <source>This is not a session event.</source>
        <translation>这不是会话事件。</translation>
    </message>
    <message>
        <source>oldKey of a session event must be a session key.</source>
        <translation>会话事件的 oldKey 必须是会话键。</translation>
    </message>
    <message>
        <source>The session has two attributes of one name. Give each its own.</source>
        <translation>该会话有两个同名属性。请为每个属性取不同的名称。</translation>
    </message>
    <message>
        <source>%1, or null</source>
        <translation>%1，或为 null</translation>
    </message>
    <message>
        <source>attribute &quot;%1&quot;: %2</source>
        <translation>属性“%1”：%2</translation>
    </message>
    <message>
        <source>This account may not use a command that the store needs. Give it the rights that the README lists.</source>
        <translation>此帐户不能使用存储所需的某个命令。请授予它 README 中列出的权限。</translation>
    </message>
    <message>
        <source>Redis at %1 refuses %2 to this account: %3. Give it the rights: ACL SETUSER %4 ~%5* &amp;%5* +%6</source>
        <translation>%1 上的 Redis 拒绝此帐户使用 %2：%3。请授予权限：ACL SETUSER %4 ~%5* &amp;%5* +%6</translation>
    </message>
    <message>
        <source>it must be an object.</source>
        <translation>必须是一个对象。</translation>
    </message>
    <message>
        <source>the line with the number of sessions is missing, so that the file was cut off</source>
        <translation>缺少写有会话数的那一行，因此文件被截断了</translation>
    </message>
    <message>
        <source>&quot;counted&quot; must be true or false</source>
        <translation>&quot;counted&quot; 必须是 true 或 false</translation>
    </message>
    <message>
        <source>The snapshot has a fault at %1.%2.</source>
        <translation>快照有错误，位于 %1.%2.</translation>
    </message>
    <message>
        <source>it says that there are %1 sessions, but %2 were read, so that a part is missing or was added</source>
        <translation>它写明有 %1 个会话，但读到了 %2 个，因此有一部分缺失或多出</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>Session %1 takes %2 bytes, and the limit of the other store is %3.</source>
        <translation>会话 %1 占用 %2 字节，而另一个存储的上限为 %3。</translation>
    </message>
    <message>
        <source>%1 of the sessions are in the other store already. Nothing was copied: choose whether to skip or to overwrite them.</source>
        <translation>其中 %1 个会话已在另一个存储中。未复制任何内容：请选择跳过还是覆盖它们。</translation>
    </message>
    <message>
        <source>%1 cannot be read. Check that this user may read it, and that there is room for a copy in %2.</source>
        <translation>无法读取 %1。请检查此用户是否可以读取它，以及 %2 中是否有空间存放副本。</translation>
    </message>
    <message>
        <source>%1 is being written to. Try again later.</source>
        <translation>%1 正在被写入。请稍后再试。</translation>
    </message>
    <message>
        <source>%1 was replaced by another file. Try again to use that one.</source>
        <translation>%1 已被另一个文件替换。请重试以使用新文件。</translation>
    </message>
    <message>
        <source>%1 was removed. Put it back, from a backup for example, or restart this program to begin with an empty one.</source>
        <translation>%1 已被删除。请将其放回（例如从备份恢复），或重新启动此程序以从空文件开始。</translation>
    </message>
    <message>
        <source>%1 has the older format %2. Open it once for writing to update it.</source>
        <translation>%1 采用较旧的格式 %2。请以可写方式打开一次以更新它。</translation>
    </message>
    <message>
        <source>A newer version of Sojourn wrote this session into %1. Update this program.</source>
        <translation>较新版本的 Sojourn 将此会话写入了 %1。请更新此程序。</translation>
    </message>
    <message>
        <source>This session cannot be decoded.</source>
        <translation>无法解码此会话。</translation>
    </message>
    <message>
        <source>The session with this key has been given another one. Use that.</source>
        <translation>具有此键的会话已换了另一个键。请使用那个键。</translation>
    </message>
    <message>
        <source>%1 is open for reading only. Open it for writing to change sessions.</source>
        <translation>%1 仅以只读方式打开。要更改会话，请以可写方式打开。</translation>
    </message>
    <message>
        <source>%1 is no version of a session. Versions begin with 1.</source>
        <translation>%1 不是会话的版本号。版本号从 1 开始。</translation>
    </message>
    <message>
        <source>The folder %1 for live sockets cannot be made: %2. Set XDG_RUNTIME_DIR to a folder of your own.</source>
        <translation>无法创建用于实时套接字的文件夹 %1：%2。请将 XDG_RUNTIME_DIR 设为您自己的文件夹。</translation>
    </message>
    <message>
        <source>%1, where live sockets should lie, is not a folder that only you may enter. Remove it, or set XDG_RUNTIME_DIR to a folder of your own.</source>
        <translation>%1 应存放实时套接字，但它不是只有您能进入的文件夹。请删除它，或将 XDG_RUNTIME_DIR 设为您自己的文件夹。</translation>
    </message>
    <message>
        <source>%1. The change that was under way may or may not have happened.</source>
        <translation>%1。进行中的更改可能已生效，也可能没有。</translation>
    </message>
    <message>
        <source>Another server is the master now. The connection leads there.</source>
        <translation>现在另一台服务器是主服务器。连接已转到那里。</translation>
    </message>
    <message>
        <source>The sentinel at %1 refuses the user name or the password. Check sentinel-user and sentinel-password in the store URL.</source>
        <translation>%1 上的 Sentinel 拒绝用户名或密码。请检查存储 URL 中的 sentinel-user 和 sentinel-password。</translation>
    </message>
    <message>
        <source>Redis at %1 does not tell whether it is the master: %2. Give the account the rights +role +wait.</source>
        <translation>%1 上的 Redis 未说明它是否为主服务器：%2。请授予帐户 +role +wait 权限。</translation>
    </message>
    <message>
        <source>Redis at %1 is not the master (any more). Try again in a while.</source>
        <translation>%1 上的 Redis 不是（或不再是）主服务器。请稍后再试。</translation>
    </message>
    <message>
        <source>The sentinel at %1 wants a password, and none was given. Add sentinel-password=W to the store URL, and sentinel-user=U if it has one.</source>
        <translation>%1 上的 Sentinel 需要密码，但未提供。请在存储 URL 中加上 sentinel-password=W，如有用户则再加 sentinel-user=U。</translation>
    </message>
    <message>
        <source>Redis at %1 is no sentinel. Give the addresses of sentinels, which mostly listen at port 26379, or use the store URL %2://%1</source>
        <translation>%1 上的 Redis 不是 Sentinel。请给出 Sentinel 的地址（通常监听端口 26379），或使用存储 URL %2://%1</translation>
    </message>
    <message>
        <source>Too few replicas of Redis at %1 have confirmed a change. Look after them.</source>
        <translation>%1 上 Redis 的副本中确认更改的太少。请检查它们。</translation>
    </message>
    <message>
        <source>%1. Nothing was changed.</source>
        <translation>%1。未更改任何内容。</translation>
    </message>
    <message>
        <source>The sentinel is asked for the new master.</source>
        <translation>正在向 Sentinel 询问新的主服务器。</translation>
    </message>
    <message>
        <source>The sentinel at %1 does not tell where the master is: %2.</source>
        <translation>%1 上的 Sentinel 未说明主服务器的位置：%2。</translation>
    </message>
    <message>
        <source>The sentinel at %1 knows no master &quot;%2&quot;. Check the name at the end of the store URL.</source>
        <translation>%1 上的 Sentinel 不知道主服务器“%2”。请检查存储 URL 末尾的名称。</translation>
    </message>
    <message>
        <source>The sentinels are asked anew.</source>
        <translation>正在重新询问各 Sentinel。</translation>
    </message>
    <message>
        <source>The sentinels that answer have been away and do not know the newest master. Start the others.</source>
        <translation>有响应的 Sentinel 曾离线，不知道最新的主服务器。请启动其他 Sentinel。</translation>
    </message>
    <message>
        <source>None of the sentinels %1 answers. Check that they run and that the addresses in the store URL are right.</source>
        <translation>Sentinel %1 均无响应。请检查它们是否在运行，以及存储 URL 中的地址是否正确。</translation>
    </message>
    <message>
        <source>%1 lies on a file system without locks or shared memory, as some network file systems are. Choose a folder on a local disk.</source>
        <translation>%1 位于没有锁或共享内存的文件系统上（某些网络文件系统如此）。请选择本地磁盘上的文件夹。</translation>
    </message>
    <message>
        <source>%1 sessions were removed, the others not: %2</source>
        <translation>已删除 %1 个会话，其余未删除：%2</translation>
    </message>
    <message>
        <source>This build of Sojourn was made without the store that the store URL names.</source>
        <translation>此版本的 Sojourn 构建时未包含存储 URL 所指的存储。</translation>
    </message>
    <message>
        <source>The option wait in the store URL is not a number of replicas; write wait=1, for example.</source>
        <translation>存储 URL 中的选项 wait 不是副本数；例如请写 wait=1。</translation>
    </message>
    <message>
        <source>The store URL lacks the // before the hosts; write redis+sentinel://[user:password@]host[:port],host,.../MASTER[/number][?prefix=P&amp;wait=N].</source>
        <translation>存储 URL 的主机前缺少 //；请写 redis+sentinel://[user:password@]host[:port],host,.../MASTER[/number][?prefix=P&amp;wait=N]。</translation>
    </message>
    <message>
        <source>The store URL lacks the name of the master that the sentinels watch; write redis+sentinel://host:26379/mymaster, for example.</source>
        <translation>存储 URL 缺少 Sentinel 所监视的主服务器名称；例如请写 redis+sentinel://host:26379/mymaster。</translation>
    </message>
    <message>
        <source>The store URL has an unknown option; redis+sentinel: and rediss+sentinel: know prefix=P, wait=N, sentinel-user=U and sentinel-password=W, with &amp; between them.</source>
        <translation>存储 URL 有未知选项；redis+sentinel: 和 rediss+sentinel: 支持 prefix=P、wait=N、sentinel-user=U 和 sentinel-password=W，用 &amp; 分隔。</translation>
    </message>
    <message>
        <source>The session store gave up before it answered. Try again.</source>
        <translation>会话存储在应答之前放弃了。请重试。</translation>
    </message>
    <message>
        <source>The name in quotes does not end, or is no text.</source>
        <translation>引号中的名称没有结束，或者不是文本。</translation>
    </message>
    <message>
        <source>The condition has no name; write NAME=VALUE.</source>
        <translation>条件没有名称；请写成 NAME=VALUE。</translation>
    </message>
    <message>
        <source>Nothing follows the %1; write NAME%1VALUE.</source>
        <translation>%1 后面没有内容；请写成 NAME%1VALUE。</translation>
    </message>
    <message>
        <source>What follows the %1 is not JSON.</source>
        <translation>%1 后面的内容不是 JSON。</translation>
    </message>
    <message>
        <source>The condition has no sign; write NAME=VALUE, or one of != &lt; &gt; &lt;= &gt;=.</source>
        <translation>条件没有运算符；请写成 NAME=VALUE，或使用 != &lt; &gt; &lt;= &gt;= 之一。</translation>
    </message>
    <message>
        <source>The live name &quot;%1&quot; cannot be claimed: no file can be opened in %2. Check that this user may write there, that the disk is not full, and that the process may open more files.</source>
        <translation>无法占用 live 名称“%1”：无法在 %2 中打开文件。请检查此用户是否可以在那里写入、磁盘是否已满，以及进程是否还能打开更多文件。</translation>
    </message>
    <message>
        <source>Another process is live as &quot;%1&quot; already. Choose another name, or stop it.</source>
        <translation>另一个进程已经以“%1”的名称处于 live 状态。请选择其他名称，或停止该进程。</translation>
    </message>
    <message>
        <source>The live name &quot;%1&quot; cannot be used: %2.</source>
        <translation>无法使用 live 名称“%1”：%2。</translation>
    </message>
    <message>
        <source>The store in Redis at %1 has %2 shards, not %3, and keeps them. Write shards=%2 in the store URL, or use another prefix.</source>
        <translation>位于 %1 的 Redis 中的存储有 %2 个分片，而不是 %3 个，并且不会改变。请在存储 URL 中写 shards=%2，或使用其他前缀。</translation>
    </message>
    <message>
        <source>Redis at %1 is no node of a cluster. Use the store URL %2://%1</source>
        <translation>位于 %1 的 Redis 不是集群的节点。请使用存储 URL %2://%1</translation>
    </message>
    <message>
        <source>Redis at %1 does not tell who has which slots: %2.</source>
        <translation>位于 %1 的 Redis 没有说明哪个节点拥有哪些槽：%2。</translation>
    </message>
    <message>
        <source>No master of the cluster has this session&apos;s slot. Look at CLUSTER INFO.</source>
        <translation>集群中没有主节点拥有此会话的槽。请查看 CLUSTER INFO。</translation>
    </message>
    <message>
        <source>The nodes of the cluster disagree about who has a slot. Look at CLUSTER INFO.</source>
        <translation>集群的节点对槽的归属意见不一致。请查看 CLUSTER INFO。</translation>
    </message>
    <message>
        <source>The session&apos;s slot is moving to another node of the cluster, and nothing was changed. Try again in a while; move smaller shards.</source>
        <translation>会话的槽正在迁移到集群的另一个节点，没有做任何更改。请稍后重试；请迁移较小的分片。</translation>
    </message>
    <message>
        <source>The cluster of Redis at %1 is down: %2.</source>
        <translation>位于 %1 的 Redis 的集群已停止服务：%2。</translation>
    </message>
    <message>
        <source>The new key belongs to another shard. Draw new ids until mayRotate() agrees.</source>
        <translation>新的键属于另一个分片。请生成新的 ID，直到 mayRotate() 同意为止。</translation>
    </message>
    <message>
        <source>Redis at %1 refuses SUBSCRIBE to this account: %2. Give it the rights: ACL SETUSER %3 &amp;%4* +%5</source>
        <translation>位于 %1 的 Redis 拒绝此账户使用 SUBSCRIBE：%2。请授予权限：ACL SETUSER %3 &amp;%4* +%5</translation>
    </message>
    <message>
        <source>The option shards in the store URL is not a power of two from 1 to 1024; the default is shards=256.</source>
        <translation>存储 URL 中的选项 shards 不是 1 到 1024 之间的 2 的幂；默认值为 shards=256。</translation>
    </message>
    <message>
        <source>The store URL lacks the // before the hosts; write redis+cluster://[user:password@]host[:port],host,...[?prefix=P&amp;shards=N&amp;wait=N].</source>
        <translation>存储 URL 的主机前缺少 //；请写成 redis+cluster://[user:password@]host[:port],host,...[?prefix=P&amp;shards=N&amp;wait=N]。</translation>
    </message>
    <message>
        <source>The store URL names a database, and a cluster has only one; write redis+cluster://[user:password@]host[:port],host,...[?prefix=P&amp;shards=N&amp;wait=N].</source>
        <translation>存储 URL 指定了数据库，而集群只有一个；请写成 redis+cluster://[user:password@]host[:port],host,...[?prefix=P&amp;shards=N&amp;wait=N]。</translation>
    </message>
    <message>
        <source>The store URL has an unknown option; redis+cluster: and rediss+cluster: know prefix=P, shards=N and wait=N, with &amp; between them.</source>
        <translation>存储 URL 含有未知选项；redis+cluster: 和 rediss+cluster: 支持 prefix=P、shards=N 和 wait=N，用 &amp; 分隔。</translation>
    </message>
    <message>
        <source>The prefix in the store URL has braces, by which a cluster divides keys; leave them out.</source>
        <translation>存储 URL 中的前缀含有花括号，集群用它来划分键；请去掉花括号。</translation>
    </message>
    <message>
        <source>The facts of a visit are not written as VisitFacts::toText() does. Use that.</source>
        <translation>访问信息不是 VisitFacts::toText() 写出的格式。请使用该函数。</translation>
    </message>
    <message>
        <source>The file %1 holds no certificate in PEM.</source>
        <translation>文件 %1 中没有 PEM 格式的证书。</translation>
    </message>
    <message>
        <source>The file %1 holds no private key in PEM, of RSA or EC and without a passphrase.</source>
        <translation>文件 %1 中没有 PEM 格式、RSA 或 EC 类型且无密码短语的私钥。</translation>
    </message>
    <message>
        <source>The certificate of %1 is not the one that is pinned: its fingerprint is %2. If it was renewed there, put the new one into the store URL; otherwise somebody is in between.</source>
        <translation>%1 的证书不是所固定的证书：其指纹是 %2。如果那边已更新证书，请把新指纹写入存储 URL；否则有人在中间。</translation>
    </message>
    <message>
        <source>The certificate of %1 is good from %2 to %3 only. Renew it there, or set the clock here.</source>
        <translation>%1 的证书仅在 %2 至 %3 期间有效。请在那边更新证书，或校准这里的时钟。</translation>
    </message>
    <message>
        <source>The certificate of %1 is signed by nobody who is trusted here. Name its authority with ca=FILE in the store URL; or, if its fingerprint is the same on that machine, pin it with fingerprint=%2</source>
        <translation>%1 的证书不是由这里信任的机构签发的。请在存储 URL 中用 ca=文件 指明其颁发机构；或者，如果那台机器上的指纹相同，用 fingerprint=%2 固定它</translation>
    </message>
    <message>
        <source>The certificate of %1 is made out for %2. Use that name in the store URL, or pin it with fingerprint=%3</source>
        <translation>%1 的证书是为 %2 签发的。请在存储 URL 中使用该名称，或用 fingerprint=%3 固定它</translation>
    </message>
    <message>
        <source>The certificate of %1 cannot be trusted: %2.</source>
        <translation>无法信任 %1 的证书：%2。</translation>
    </message>
    <message>
        <source>Nothing listens at %1. Start the application, or check host and port.</source>
        <translation>%1 上没有程序在监听。请启动应用程序，或检查主机和端口。</translation>
    </message>
    <message>
        <source>There is no host of the name in %1. Check how it is written.</source>
        <translation>不存在 %1 中所写名称的主机。请检查拼写。</translation>
    </message>
    <message>
        <source>No connection over TLS came about with %1: %2. Check that a live application listens there with live+tls.</source>
        <translation>无法与 %1 建立 TLS 连接：%2。请检查那里是否有应用程序以 live+tls 监听。</translation>
    </message>
    <message>
        <source>%1 cannot be reached: %2. Check the network and the firewall between.</source>
        <translation>无法连接 %1：%2。请检查网络和中间的防火墙。</translation>
    </message>
    <message>
        <source>The application at %1 asks for a token. Name the file that holds it with token-file=FILE in the store URL.</source>
        <translation>%1 上的应用程序要求令牌。请在存储 URL 中用 token-file=文件 指明保存令牌的文件。</translation>
    </message>
    <message>
        <source>The application at %1 closed the connection before it had greeted. Try again; it may be starting, or have as many clients as it takes.</source>
        <translation>%1 上的应用程序在应答之前关闭了连接。请重试；它可能正在启动，或客户端数量已达上限。</translation>
    </message>
    <message>
        <source>The token is given twice; leave out either it or the file that holds it.</source>
        <translation>令牌给出了两次；请省略令牌本身或保存它的文件。</translation>
    </message>
    <message>
        <source>live+tls would show the sessions to the whole network: set a token, clientCaFile or clientFingerprints, so that only those who may see them log in.</source>
        <translation>live+tls 会把会话暴露给整个网络：请设置令牌、clientCaFile 或 clientFingerprints，使只有获准查看的人才能登录。</translation>
    </message>
    <message>
        <source>live+tls needs a certificate of this application and its private key, so that clients know whom they talk to: set certificateFile and keyFile.</source>
        <translation>live+tls 需要此应用程序的证书及其私钥，以便客户端知道对方是谁：请设置 certificateFile 和 keyFile。</translation>
    </message>
    <message>
        <source>The application lets in only who has a client certificate that it knows. Name yours with cert=FILE and key=FILE in the store URL.</source>
        <translation>应用程序只允许持有其认识的客户端证书者进入。请在存储 URL 中用 cert=文件 和 key=文件 指明您的证书。</translation>
    </message>
    <message>
        <source>The application refused the client certificate: it is good from %1 to %2 only. Get a new one.</source>
        <translation>应用程序拒绝了客户端证书：它仅在 %1 至 %2 期间有效。请获取新证书。</translation>
    </message>
    <message>
        <source>The application does not know the client certificate. Have its fingerprint or its authority allowed there, or use one that is.</source>
        <translation>应用程序不认识该客户端证书。请在那边允许其指纹或颁发机构，或使用已获允许的证书。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no address to listen on; give an IP address of this machine, or 0.0.0.0 or :: for all.</source>
        <translation>“%1”不是可监听的地址；请给出本机的 IP 地址，或用 0.0.0.0 或 :: 表示全部。</translation>
    </message>
    <message>
        <source>live+tls cannot listen on port %1 of %2: %3. Choose another port or address.</source>
        <translation>live+tls 无法在 %2 的端口 %1 上监听：%3。请选择其他端口或地址。</translation>
    </message>
    <message>
        <source>The application refused the token. Check that both ends have the same one, and that nothing between them, such as a proxy, ends the encryption.</source>
        <translation>应用程序拒绝了令牌。请检查两端的令牌相同，并且中间没有代理等终止加密。</translation>
    </message>
    <message>
        <source>The address of a live application needs a host and a port; there is no usual one.</source>
        <translation>实时应用程序的地址需要主机和端口；没有默认端口。</translation>
    </message>
    <message>
        <source>A private key alone opens nothing; name its certificate too, with cert=FILE.</source>
        <translation>仅有私钥没有用处；请用 cert=文件 同时指明其证书。</translation>
    </message>
    <message>
        <source>A fingerprint is the SHA-256 of a certificate in 64 hexadecimal digits, with or without colons; `openssl x509 -noout -fingerprint -sha256 -in FILE` tells it.</source>
        <translation>指纹是证书的 SHA-256，由 64 位十六进制数字组成，可带或不带冒号；可用 `openssl x509 -noout -fingerprint -sha256 -in 文件` 得到。</translation>
    </message>
    <message>
        <source>The token for live+tls has spaces or characters beyond ASCII. Make one with `openssl rand -hex 32`.</source>
        <translation>live+tls 的令牌包含空格或非 ASCII 字符。请用 `openssl rand -hex 32` 生成。</translation>
    </message>
    <message>
        <source>The token for live+tls is too easy to guess, it needs 128 bits. Make one with `openssl rand -hex 32`.</source>
        <translation>live+tls 的令牌太容易猜到，需要 128 位。请用 `openssl rand -hex 32` 生成。</translation>
    </message>
    <message>
        <source>This Qt has no TLS, which live+tls needs. Install its TLS plugin and OpenSSL, or use live: over SSH.</source>
        <translation>此 Qt 没有 live+tls 所需的 TLS。请安装其 TLS 插件和 OpenSSL，或通过 SSH 使用 live:。</translation>
    </message>
    <message>
        <source>The file %1 cannot be read: %2.</source>
        <translation>无法读取文件 %1：%2。</translation>
    </message>
    <message>
        <source>The first line of the file %1 should be a token, and is empty.</source>
        <translation>文件 %1 的第一行应为令牌，但为空。</translation>
    </message>
    <message>
        <source>The host in the store URL is empty or not a host name; write //host:port behind the scheme, and percent-encode the characters / ? @ in a password (%2F %3F %40).</source>
        <translation>存储 URL 中的主机为空或不是主机名；请在方案后写 //主机:端口，并对密码中的字符 / ? @ 进行百分号编码（%2F %3F %40）。</translation>
    </message>
    <message>
        <source>The store URL lacks the // before the host; write live+tls://host:port?token-file=FILE, for example.</source>
        <translation>存储 URL 的主机前缺少 //；例如请写 live+tls://主机:端口?token-file=文件。</translation>
    </message>
    <message>
        <source>The store URL has a user, and live+tls knows none; a token stands behind a colon, live+tls://:TOKEN@host:port, or better in a file that token-file=FILE names.</source>
        <translation>存储 URL 中有用户名，而 live+tls 不使用用户名；令牌写在冒号之后，即 live+tls://:令牌@主机:端口，或最好放在 token-file=文件 指明的文件中。</translation>
    </message>
    <message>
        <source>The store URL lacks the port; write live+tls://host:port, as the application listens.</source>
        <translation>存储 URL 缺少端口；请按应用程序的监听方式写 live+tls://主机:端口。</translation>
    </message>
    <message>
        <source>The store URL has a path, and live+tls knows none; write live+tls://host:port and options behind a ?.</source>
        <translation>存储 URL 中有路径，而 live+tls 不使用路径；请写 live+tls://主机:端口，选项写在 ? 之后。</translation>
    </message>
    <message>
        <source>The store URL has an unknown option; live+tls: knows ca=FILE, fingerprint=HEX, cert=FILE, key=FILE and token-file=FILE, with &amp; between them.</source>
        <translation>存储 URL 中有未知选项；live+tls: 支持 ca=文件、fingerprint=HEX、cert=文件、key=文件 和 token-file=文件，以 &amp; 分隔。</translation>
    </message>
    <message>
        <source>The option %1 in the store URL is empty; leave it out, or write what it names.</source>
        <translation>存储 URL 中的选项 %1 为空；请省略它，或写明其内容。</translation>
    </message>
    <message>
        <source>The store URL begins with no scheme that is known; write memory:, sqlite:PATH[?synchronous=full], redis://[user:password@]host[:port][/number][?prefix=P], rediss:// likewise, redis+unix:PATH, redis+sentinel://host,host,.../MASTER, redis+cluster://host,host,..., live:NAME or live+tls://host:port.</source>
        <translation>存储 URL 的开头不是已知的协议；请写成 memory:、sqlite:PATH[?synchronous=full]、redis://[user:password@]host[:port][/number][?prefix=P]、同样形式的 rediss://、redis+unix:PATH、redis+sentinel://host,host,.../MASTER、redis+cluster://host,host,...、live:NAME 或 live+tls://host:port。</translation>
    </message>
    <message>
        <source>The private key in %1 is encrypted. Write it without its passphrase into a file that only this program&apos;s user can read, with openssl pkey -in OLD -out NEW.</source>
        <translation>%1 中的私钥已加密。请用 openssl pkey -in OLD -out NEW 将其去除口令后写入只有运行本程序的用户可读的文件。</translation>
    </message>
    <message>
        <source>The private key in %1 is not that of the certificate in %2, the first one there. Name the two that were made together.</source>
        <translation>%1 中的私钥与 %2 中的第一个证书不匹配。请指定一起生成的那一对。</translation>
    </message>
    <message>
        <source>The certificate in %1 was good until %2, so that no client would trust it. Renew it.</source>
        <translation>%1 中的证书有效期至 %2，客户端将不会信任它。请更新证书。</translation>
    </message>
    <message>
        <source>%1 of %2 masters</source>
        <translation>%1/%2 个主节点</translation>
    </message>
    <message>
        <source>%1 of %2 masters, %3 of %4 shards are away</source>
        <translation>%1/%2 个主节点，%3/%4 个分片不可用</translation>
    </message>
    <message>
        <source>%1 of %2 masters, %3 of %4 shards are away: %5</source>
        <translation>%1/%2 个主节点，%3/%4 个分片不可用：%5</translation>
    </message>
    <message>
        <source>Of ended sessions only user, key and time are known: search for them by user:, key: and around: only.</source>
        <translation>已结束的会话只知道用户、键和时间：请只用 user:、key: 和 around: 搜索它们。</translation>
    </message>
    <message>
        <source>This quotation mark is not closed.</source>
        <translation>此引号没有闭合。</translation>
    </message>
    <message>
        <source>Text in quotes must end with its quotation mark.</source>
        <translation>引号中的文本必须以引号结尾。</translation>
    </message>
    <message>
        <source>Only one text in quotes can be looked for.</source>
        <translation>只能搜索一段引号中的文本。</translation>
    </message>
    <message>
        <source>There is no %1:. Write user:, key:, has:, is: or around:; a user of that name is user:%2.</source>
        <translation>没有 %1:。请写 user:、key:、has:、is: 或 around:；该名称的用户是 user:%2。</translation>
    </message>
    <message>
        <source>A session has one user. For a text in an attribute, write it in quotes.</source>
        <translation>一个会话只有一个用户。要搜索属性中的文本，请用引号括起来。</translation>
    </message>
    <message>
        <source>A session has one key.</source>
        <translation>一个会话只有一个键。</translation>
    </message>
    <message>
        <source>Nothing follows %1:.</source>
        <translation>%1: 后面没有内容。</translation>
    </message>
    <message>
        <source>A key has letters, digits, - and _ only, 43 at most.</source>
        <translation>键只含字母、数字、- 和 _，最多 43 个。</translation>
    </message>
    <message>
        <source>This is no time. Write around:15:00, around:2h or a date and time.</source>
        <translation>这不是时间。请写 around:15:00、around:2h 或日期和时间。</translation>
    </message>
    <message>
        <source>There is no is:%1. Write %2.</source>
        <translation>没有 is:%1。请写 %2。</translation>
    </message>
    <message>
        <source>This is no size. Write size&gt;10k, size&gt;500 or size&gt;2M; an attribute of that name is &quot;size&quot;.</source>
        <translation>这不是大小。请写 size&gt;10k、size&gt;500 或 size&gt;2M；该名称的属性是 &quot;size&quot;。</translation>
    </message>
    <message>
        <source>This is no number. Write attributes&gt;50; an attribute of that name is &quot;attributes&quot;.</source>
        <translation>这不是数字。请写 attributes&gt;50；该名称的属性是 &quot;attributes&quot;。</translation>
    </message>
    <message>
        <source>This is no duration. Write %1&lt;5m or %1&gt;2h; an attribute of that name is &quot;%1&quot;.</source>
        <translation>这不是时长。请写 %1&lt;5m 或 %1&gt;2h；该名称的属性是 &quot;%1&quot;。</translation>
    </message>
    <message>
        <source>A change of the facts of a visit is not written as VisitFacts::changeTo() does. Use that.</source>
        <translation>访问信息的更改不是按 VisitFacts::changeTo() 的格式写的。请使用该函数。</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ActivityLog</name>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::AttributePage</name>
    <message>
        <source>Add attribute…</source>
        <translation>添加属性…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>复制为 JSON</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Show as column</source>
        <translation>显示为列</translation>
    </message>
    <message>
        <source>Show secrets</source>
        <translation>显示敏感信息</translation>
    </message>
    <message>
        <source>Show values that look like secrets</source>
        <translation>显示疑似敏感信息的值</translation>
    </message>
    <message>
        <source>Set %1 of %2</source>
        <translation>设置 %2 的 %1</translation>
    </message>
    <message>
        <source>Remove %1 of %2</source>
        <translation>移除 %2 的 %1</translation>
    </message>
    <message>
        <source>Add attribute</source>
        <translation>添加属性</translation>
    </message>
    <message>
        <source>Name in %1:</source>
        <translation>%1 中的名称：</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>名称：</translation>
    </message>
    <message>
        <source>Not added: the session is not there any more, or not shown.</source>
        <translation>未添加：该会话已不存在，或未显示。</translation>
    </message>
    <message>
        <source>Not added: %1 is no object any more.</source>
        <translation>未添加：%1 已不是对象。</translation>
    </message>
    <message>
        <source>The session has ended, or is not shown any more. Copy what you typed.</source>
        <translation>该会话已结束，或已不再显示。请复制您输入的内容。</translation>
    </message>
    <message>
        <source>The store is read-only now.</source>
        <translation>存储现在为只读。</translation>
    </message>
    <message>
        <source>This value is not there any more. Copy what you typed.</source>
        <translation>该值已不存在。请复制您输入的内容。</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::AttributeView</name>
    <message>
        <source>This is not JSON. Write text in quotes.</source>
        <translation>这不是 JSON。文本请加引号。</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>属性</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::BulkBar</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Try the rest again</source>
        <translation>重试其余</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>原因？</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1：%2 / %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>What failed</source>
        <translation>失败项</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::BulkJob</name>
    <message numerus="yes">
        <source>%Ln done</source>
        <translation>
            <numerusform>完成 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln failed: %1</source>
        <translation>
            <numerusform>，失败 %Ln 个：%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln left out by the stop</source>
        <translation>
            <numerusform>，因停止而略过 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln had ended already</source>
        <translation>
            <numerusform>，%Ln 个此前已结束</numerusform>
        </translation>
    </message>
    <message>
        <source>. This is too large to be undone</source>
        <translation>。数据过大，无法撤销</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::CompareSessionsDialog</name>
    <message>
        <source>Compare two sessions</source>
        <translation>比较两个会话</translation>
    </message>
    <message>
        <source>Show &amp;only what differs</source>
        <translation>仅显示差异(&amp;O)</translation>
    </message>
    <message>
        <source>Attributes of both sessions</source>
        <translation>两个会话的属性</translation>
    </message>
    <message numerus="yes">
        <source>%Ln attributes differ.</source>
        <translation>
            <numerusform>%Ln 个属性不同。</numerusform>
        </translation>
    </message>
    <message>
        <source>All attributes are equal.</source>
        <translation>所有属性相同。</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::CompareStoresDialog</name>
    <message>
        <source>Compare stores and snapshots</source>
        <translation>比较存储与快照</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>比较(&amp;C)</translation>
    </message>
    <message>
        <source>Choose two sides. What was active only, without another change, counts as equal.</source>
        <translation>请选择要比较的双方。仅有访问而无其他更改的会话视为相同。</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>What</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Attributes before and after</source>
        <translation>之前与之后的属性</translation>
    </message>
    <message>
        <source>Before:</source>
        <translation>之前：</translation>
    </message>
    <message>
        <source>After:</source>
        <translation>之后：</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>added</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Stopped before the end.</source>
        <translation>在完成之前已停止。</translation>
    </message>
    <message>
        <source>The first %1 are shown.</source>
        <translation>显示前 %1 个。</translation>
    </message>
    <message>
        <source>new attributes %1</source>
        <translation>新属性 %1</translation>
    </message>
    <message>
        <source>vanished attributes %1</source>
        <translation>消失的属性 %1</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>增加 %1</translation>
    </message>
    <message>
        <source>%1 less</source>
        <translation>减少 %1</translation>
    </message>
    <message>
        <source>In sessions that both sides have: %1.</source>
        <translation>双方都有的会话中：%1。</translation>
    </message>
    <message>
        <source>%1, %2, %3.</source>
        <comment>2 added, 1 removed, 5 changed.</comment>
        <translation>%1，%2，%3。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln added</source>
        <translation>
            <numerusform>新增 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln removed</source>
        <translation>
            <numerusform>移除 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <translation>
            <numerusform>更改 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln attributes</source>
        <translation>
            <numerusform>%Ln 个属性</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ConflictDialog</name>
    <message>
        <source>Changed meanwhile</source>
        <translation>期间已被更改</translation>
    </message>
    <message>
        <source>Before, now and yours</source>
        <translation>之前、现在与您的版本</translation>
    </message>
    <message>
        <source>As you saw it</source>
        <translation>您看到的</translation>
    </message>
    <message>
        <source>As it is now</source>
        <translation>现在的</translation>
    </message>
    <message>
        <source>As you want it</source>
        <translation>您想要的</translation>
    </message>
    <message>
        <source>You want it to end %1; it ends %2 now.</source>
        <translation>您希望的结束时间：%1；目前的结束时间：%2。</translation>
    </message>
    <message>
        <source>&amp;Keep theirs</source>
        <translation>保留对方版本(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Delete it anyway</source>
        <translation>仍然删除(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Write mine over it</source>
        <translation>用我的版本覆盖(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Edit again</source>
        <translation>重新编辑(&amp;E)</translation>
    </message>
    <message>
        <source>Somebody changed this session after you looked at it (version %1 now). Nothing was written yet.</source>
        <translation>在您查看之后有人更改了该会话（当前版本 %1）。尚未写入任何内容。</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ConnectionDialog</name>
    <message>
        <source>Connect to a store</source>
        <translation>连接存储</translation>
    </message>
    <message>
        <source>Edit connection</source>
        <translation>编辑连接</translation>
    </message>
    <message>
        <source>SQLite file</source>
        <translation>SQLite 文件</translation>
    </message>
    <message>
        <source>Redis or Valkey</source>
        <translation>Redis 或 Valkey</translation>
    </message>
    <message>
        <source>Running application</source>
        <translation>运行中的应用</translation>
    </message>
    <message>
        <source>Another store URL</source>
        <translation>其他存储 URL</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Session database</source>
        <translation>会话数据库</translation>
    </message>
    <message>
        <source>&amp;File:</source>
        <translation>文件(&amp;F)：</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>&amp;Keep the password in the system&apos;s keychain</source>
        <translation>将密码保存在系统钥匙串中(&amp;K)</translation>
    </message>
    <message>
        <source>There is no keychain here: the password is asked for each time.</source>
        <translation>此处没有钥匙串：每次都会询问密码。</translation>
    </message>
    <message>
        <source>&amp;Host and port:</source>
        <translation>主机和端口(&amp;H)：</translation>
    </message>
    <message>
        <source>&amp;Database number:</source>
        <translation>数据库编号(&amp;D)：</translation>
    </message>
    <message>
        <source>Key &amp;prefix:</source>
        <translation>键前缀(&amp;P)：</translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation>用户(&amp;U)：</translation>
    </message>
    <message>
        <source>Pass&amp;word:</source>
        <translation>密码(&amp;W)：</translation>
    </message>
    <message>
        <source>&amp;Application:</source>
        <translation>应用(&amp;A)：</translation>
    </message>
    <message>
        <source>Applications of yours on this machine that let themselves be inspected.</source>
        <translation>您在本机运行且允许检查的应用。</translation>
    </message>
    <message>
        <source>Production stores open read-only, and destructive work on many sessions wants the name typed.</source>
        <translation>生产存储以只读方式打开；对多个会话的破坏性操作需要输入名称。</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>琥珀</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>紫</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>青</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰</translation>
    </message>
    <message>
        <source>Open &amp;read-only</source>
        <translation>以只读方式打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Save in the side bar</source>
        <translation>保存到侧栏(&amp;S)</translation>
    </message>
    <message>
        <source>S&amp;tore:</source>
        <translation>存储(&amp;T)：</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>名称(&amp;N)：</translation>
    </message>
    <message>
        <source>&amp;Environment:</source>
        <translation>环境(&amp;E)：</translation>
    </message>
    <message>
        <source>&amp;Colour:</source>
        <translation>颜色(&amp;C)：</translation>
    </message>
    <message>
        <source>Test c&amp;onnection</source>
        <translation>测试连接(&amp;O)</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Asking the store…</source>
        <translation>正在询问存储…</translation>
    </message>
    <message numerus="yes">
        <source>It answers: %Ln sessions, %1 ms.</source>
        <translation>
            <numerusform>有应答：%Ln 个会话，%1 毫秒。</numerusform>
        </translation>
    </message>
    <message>
        <source>as before</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>asked for each time</source>
        <translation>每次询问</translation>
    </message>
    <message>
        <source>Encr&amp;ypted (TLS)</source>
        <translation>加密（TLS）(&amp;Y)</translation>
    </message>
    <message>
        <source>Store UR&amp;L:</source>
        <translation>存储 URL(&amp;L)：</translation>
    </message>
    <message>
        <source>Of sentinels and of a cluster&apos;s nodes any number, with commas between them.</source>
        <translation>哨兵或集群节点可以有任意多个，以逗号分隔。</translation>
    </message>
    <message>
        <source>One server</source>
        <translation>单个服务器</translation>
    </message>
    <message>
        <source>Sentinels, which know the master</source>
        <translation>知道主节点的哨兵</translation>
    </message>
    <message>
        <source>Nodes of a cluster</source>
        <translation>集群的节点</translation>
    </message>
    <message>
        <source>K&amp;ind:</source>
        <translation>种类(&amp;I)：</translation>
    </message>
    <message>
        <source>The name by which the sentinels know the master.</source>
        <translation>哨兵所知的主节点名称。</translation>
    </message>
    <message>
        <source>Name of the &amp;master:</source>
        <translation>主节点名称(&amp;M)：</translation>
    </message>
    <message>
        <source>Running application on another machine</source>
        <translation>另一台机器上正在运行的应用程序</translation>
    </message>
    <message>
        <source>As the application listens with live+tls; an IPv6 address stands in brackets.</source>
        <translation>与应用程序 live+tls 监听的一致；IPv6 地址写在方括号中。</translation>
    </message>
    <message>
        <source>The SHA-256 of its certificate, where no authority signed it that is known here.</source>
        <translation>其证书的 SHA-256，用于没有这里认识的机构签发的情况。</translation>
    </message>
    <message>
        <source>To&amp;ken:</source>
        <translation>令牌(&amp;K)：</translation>
    </message>
    <message>
        <source>File with the token:</source>
        <translation>令牌文件：</translation>
    </message>
    <message>
        <source>File with the token</source>
        <translation>令牌文件</translation>
    </message>
    <message>
        <source>Its &amp;fingerprint:</source>
        <translation>其指纹(&amp;F)：</translation>
    </message>
    <message>
        <source>Its authority:</source>
        <translation>其颁发机构：</translation>
    </message>
    <message>
        <source>Its authority</source>
        <translation>其颁发机构</translation>
    </message>
    <message>
        <source>Certificate of its authority</source>
        <translation>其颁发机构的证书</translation>
    </message>
    <message>
        <source>My certificate:</source>
        <translation>我的证书：</translation>
    </message>
    <message>
        <source>My certificate</source>
        <translation>我的证书</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>客户端证书</translation>
    </message>
    <message>
        <source>My private key:</source>
        <translation>我的私钥：</translation>
    </message>
    <message>
        <source>My private key</source>
        <translation>我的私钥</translation>
    </message>
    <message>
        <source>Private key of the client certificate</source>
        <translation>客户端证书的私钥</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::Dashboard</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Logins</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Answer time</source>
        <translation>响应时间</translation>
    </message>
    <message>
        <source>Sessions that got a user</source>
        <translation>绑定了用户的会话</translation>
    </message>
    <message>
        <source>Edits of this window that met a newer session</source>
        <translation>此窗口中遇到更新会话的编辑</translation>
    </message>
    <message>
        <source>How long the store takes to answer</source>
        <translation>存储响应所需的时间</translation>
    </message>
    <message>
        <source>Time that is shown</source>
        <translation>显示的时间范围</translation>
    </message>
    <message>
        <source>Last 5 minutes</source>
        <translation>最近 5 分钟</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>最近一小时</translation>
    </message>
    <message>
        <source>Since it was opened</source>
        <translation>自打开以来</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>As a picture (PNG) or as a table (CSV)</source>
        <translation>保存为图片 (PNG) 或表格 (CSV)</translation>
    </message>
    <message>
        <source>now %1, max. %2</source>
        <translation>当前 %1，最大 %2</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>共 %1</translation>
    </message>
    <message>
        <source>Save what is shown</source>
        <translation>保存所显示的内容</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>已保存为 %1。</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>未保存：%1</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>As a double click or the key 0</source>
        <translation>与双击或按 0 键相同</translation>
    </message>
    <message>
        <source>max. %1</source>
        <translation>最大 %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::DetailPanel</name>
    <message>
        <source>Attributes</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Time line</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Not renamed: there is an attribute %1 already.</source>
        <translation>未重命名：属性 %1 已存在。</translation>
    </message>
    <message>
        <source>Rename %1 to %2 in %3</source>
        <translation>将 %3 中的 %1 重命名为 %2</translation>
    </message>
    <message>
        <source>No session selected</source>
        <translation>未选择会话</translation>
    </message>
    <message>
        <source>Select one in the table to see its attributes, times and what happened to it.</source>
        <translation>在表格中选择一个会话，以查看其属性、时间和历史。</translation>
    </message>
    <message>
        <source>This session has ended. What is known of it is in the time line.</source>
        <translation>该会话已结束。已知信息见时间线。</translation>
    </message>
    <message>
        <source>Session %1</source>
        <translation>会话 %1</translation>
    </message>
    <message>
        <source>no user</source>
        <translation>无用户</translation>
    </message>
    <message numerus="yes">
        <source>%Ln attributes</source>
        <translation>
            <numerusform>%Ln 个属性</numerusform>
        </translation>
    </message>
    <message>
        <source>a fresh id is due on the next request</source>
        <translation>下次请求时更换 ID</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Changed by somebody else meanwhile</source>
        <translation>已被他人更改</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>未保存：%1</translation>
    </message>
    <message numerus="yes">
        <source>Change %Ln attributes of %1</source>
        <translation>
            <numerusform>更改 %1 的 %Ln 个属性</numerusform>
        </translation>
    </message>
    <message>
        <source>JSON •</source>
        <comment>with text that is not applied yet</comment>
        <translation>JSON •</translation>
    </message>
    <message>
        <source>This id was replaced. The session went on as %1.</source>
        <translation>该 ID 已被替换。会话以 %1 继续。</translation>
    </message>
    <message>
        <source>Show that session</source>
        <translation>显示该会话</translation>
    </message>
    <message>
        <source>Watch</source>
        <comment>what requests do to the session</comment>
        <translation>观察</translation>
    </message>
    <message>
        <source>All sessions of this user over time</source>
        <translation>此用户所有会话的时间线</translation>
    </message>
    <message>
        <source>Keep this session in sight beside others</source>
        <translation>在查看其他会话时保持显示此会话</translation>
    </message>
    <message numerus="yes">
        <source>%Ln attributes differ from the other session</source>
        <translation>
            <numerusform>%Ln 个属性与另一会话不同</numerusform>
        </translation>
    </message>
    <message>
        <source>the same attributes as the other session</source>
        <translation>与另一会话的属性相同</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ExpiryDialog</name>
    <message>
        <source>Set expiry</source>
        <translation>设置有效期</translation>
    </message>
    <message>
        <source>Session %1 ends</source>
        <translation>会话 %1 的结束时间：</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions end</source>
        <translation>
            <numerusform>%Ln 个会话的结束时间：</numerusform>
        </translation>
    </message>
    <message>
        <source>after &amp;inactivity of</source>
        <translation>无活动满(&amp;I)</translation>
    </message>
    <message>
        <source>Idle time</source>
        <translation>空闲时间</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>Unit of the idle time</source>
        <translation>空闲时间单位</translation>
    </message>
    <message>
        <source>&amp;at</source>
        <translation>指定时间(&amp;A)</translation>
    </message>
    <message>
        <source>Deadline</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>when the &amp;browser closes</source>
        <translation>浏览器关闭时(&amp;B)</translation>
    </message>
    <message>
        <source>as the a&amp;pplication decides</source>
        <translation>由应用决定(&amp;P)</translation>
    </message>
    <message>
        <source>Set &amp;expiry</source>
        <translation>设置有效期(&amp;E)</translation>
    </message>
    <message numerus="yes">
        <source>Set &amp;expiry of %Ln sessions</source>
        <translation>
            <numerusform>设置 %Ln 个会话的有效期(&amp;E)</numerusform>
        </translation>
    </message>
    <message>
        <source>This moment has passed: the session ends at once.</source>
        <translation>该时刻已过：会话将立即结束。</translation>
    </message>
    <message>
        <source>It ends at %1 at the latest: that is the absolute end of its life.</source>
        <translation>它最迟于 %1 结束：那是其绝对期限。</translation>
    </message>
    <message>
        <source>Requests of the visitor do not move this deadline.</source>
        <translation>访客的请求不会推迟该期限。</translation>
    </message>
    <message>
        <source>Each request of the visitor moves the deadline.</source>
        <translation>访客的每个请求都会推迟期限。</translation>
    </message>
    <message>
        <source>The idle time of the application holds from the visitor&apos;s next request on.</source>
        <translation>从访客下次请求起采用应用的空闲时间。</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::Histogram</name>
    <message>
        <source>A click shows the sessions of this time in the table</source>
        <translation>点击可在表格中显示该时段的会话</translation>
    </message>
    <message>
        <source>%1 to %2: %3</source>
        <translation>%1 至 %2：%3</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>max. %1</source>
        <translation>最大 %1</translation>
    </message>
    <message>
        <source>later: %1</source>
        <translation>更晚：%1</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ImportDialog</name>
    <message>
        <source>expired, left out</source>
        <translation>已过期，不导入</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新会话</translation>
    </message>
    <message>
        <source>in the store, newer there</source>
        <translation>存储中的较新</translation>
    </message>
    <message>
        <source>in the store, older there</source>
        <translation>存储中的较旧</translation>
    </message>
    <message>
        <source>in the store, the same</source>
        <translation>与存储中的相同</translation>
    </message>
    <message>
        <source>Import snapshot</source>
        <translation>导入快照</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions are new.</source>
        <translation>
            <numerusform>有 %Ln 个新会话。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions are in the store already.</source>
        <translation>
            <numerusform>%Ln 个会话已在存储中。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions have expired and are left out.</source>
        <translation>
            <numerusform>%Ln 个会话已过期，将不导入。</numerusform>
        </translation>
    </message>
    <message>
        <source>The snapshot has no session.</source>
        <translation>快照中没有会话。</translation>
    </message>
    <message>
        <source>Import %1 into %2?</source>
        <translation>将 %1 导入 %2？</translation>
    </message>
    <message>
        <source>Sessions of the snapshot</source>
        <translation>快照中的会话</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>最近访问</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>What would happen</source>
        <translation>导入时</translation>
    </message>
    <message>
        <source>The first %1 sessions of the file are listed.</source>
        <translation>列出文件中的前 %1 个会话。</translation>
    </message>
    <message>
        <source>An import cannot be undone.</source>
        <translation>导入无法撤销。</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Import %Ln new sessions</source>
        <translation>
            <numerusform>导入 %Ln 个新会话(&amp;I)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import &amp;all, replacing %Ln</source>
        <translation>
            <numerusform>全部导入并替换 %Ln 个(&amp;A)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::JsonPage</name>
    <message>
        <source>Attributes as JSON</source>
        <translation>JSON 形式的属性</translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation>应用(&amp;A)</translation>
    </message>
    <message>
        <source>Writes what differs (%1)</source>
        <translation>写入有差异的部分（%1）</translation>
    </message>
    <message>
        <source>&amp;Revert</source>
        <translation>还原(&amp;R)</translation>
    </message>
    <message>
        <source>Not applied yet.</source>
        <translation>尚未应用。</translation>
    </message>
    <message>
        <source>Line %1, column %2: %3</source>
        <translation>第 %1 行第 %2 列：%3</translation>
    </message>
    <message>
        <source>the attributes must be one object</source>
        <translation>属性必须是一个对象</translation>
    </message>
    <message>
        <source>Values that are hidden have moved. Press “Show secrets” on the page “Attributes”, then edit again.</source>
        <translation>隐藏的值移动了位置。请在“属性”页按“显示敏感信息”，然后重新编辑。</translation>
    </message>
    <message>
        <source>What you typed is hidden, as secrets may be in it. Press “Show secrets” on the page “Attributes” to go on.</source>
        <translation>您键入的内容已隐藏，因为其中可能有敏感信息。请在“属性”页按“显示敏感信息”以继续。</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::JsonTreeModel</name>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>true/false</source>
        <translation>布尔值</translation>
    </message>
    <message>
        <source>number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Not saved: %1 is not JSON. Write text in quotes.</source>
        <translation>未保存：%1 不是 JSON。文本请加引号。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Not added: %1 is there already.</source>
        <translation>未添加：%1 已存在。</translation>
    </message>
    <message>
        <source>Not renamed: %1 is there already.</source>
        <translation>未重命名：%1 已存在。</translation>
    </message>
    <message>
        <source>Not in the other session</source>
        <translation>另一会话中没有</translation>
    </message>
    <message>
        <source>In the other session: %1</source>
        <translation>另一会话中：%1</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::LaneChart</name>
    <message>
        <source>Sessions over time</source>
        <translation>会话时间线</translation>
    </message>
    <message>
        <source>Logged in</source>
        <translation>已登录</translation>
    </message>
    <message>
        <source>not this user&apos;s any more</source>
        <translation>不再属于此用户</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>从 %1</translation>
    </message>
    <message>
        <source>Last seen %1</source>
        <translation>最后活动 %1</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>至 %1</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::MainWindow</name>
    <message>
        <source>Shows and changes the sessions of web applications, live.</source>
        <translation>实时查看和修改 Web 应用的会话。</translation>
    </message>
    <message>
        <source>Stores to open: sqlite:PATH, redis://HOST, live:NAME, memory:, or snapshot files.</source>
        <translation>要打开的存储：sqlite:路径、redis://主机、live:名称、memory: 或快照文件。</translation>
    </message>
    <message>
        <source>Open every store for reading only.</source>
        <translation>以只读方式打开所有存储。</translation>
    </message>
    <message>
        <source>light or dark, whatever the system says.</source>
        <translation>light 或 dark，忽略系统设置。</translation>
    </message>
    <message>
        <source>Try --help.</source>
        <translation>请参见 --help。</translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation>显示此帮助。</translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation>显示版本。</translation>
    </message>
    <message>
        <source>Sojourn Inspector</source>
        <translation>Sojourn Inspector</translation>
    </message>
    <message>
        <source>%1 – Sojourn Inspector</source>
        <translation>%1 – Sojourn Inspector</translation>
    </message>
    <message>
        <source>%1 (%2) – Sojourn Inspector</source>
        <translation>%1（%2）– Sojourn Inspector</translation>
    </message>
    <message>
        <source>The demo runs at %1. Open it in a browser and watch its sessions here.</source>
        <translation>演示运行于 %1。请在浏览器中打开，并在此观察其会话。</translation>
    </message>
    <message>
        <source>Save activity log</source>
        <translation>保存操作记录</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>文本 (*.txt)</translation>
    </message>
    <message>
        <source>About Sojourn Inspector</source>
        <translation>关于 Sojourn Inspector</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>Sojourn Inspector %1</source>
        <translation>Sojourn Inspector %1</translation>
    </message>
    <message>
        <source>Sessions of QHttpServer applications, live.

MIT licence. Uses Qt under the LGPL.</source>
        <translation>实时查看 QHttpServer 应用的会话。

MIT 许可。依 LGPL 使用 Qt。</translation>
    </message>
    <message>
        <source>What was typed here is not saved yet. Save it or take it back, then move the tab.</source>
        <translation>此处输入的内容尚未保存。请先保存或放弃，再移动标签页。</translation>
    </message>
    <message>
        <source>This session belongs to no user.</source>
        <translation>此会话不属于任何用户。</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::Overview</name>
    <message>
        <source>Sessions by age</source>
        <translation>会话创建时间分布</translation>
    </message>
    <message>
        <source>Events of the last minute</source>
        <translation>最近一分钟的事件</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Largest sessions</source>
        <translation>最大的会话</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Largest attributes</source>
        <translation>最大的属性</translation>
    </message>
    <message>
        <source>Count again</source>
        <translation>重新统计</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>No store is open.</source>
        <translation>没有打开的存储。</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>No sessions.</source>
        <translation>没有会话。</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Sessions by deadline</source>
        <translation>会话期限分布</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln sessions looked at</source>
        <translation>
            <numerusform>已查看 %Ln 个会话中的 %1 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions, %1 without a user, %2 of attributes, %3 each on average, as of %4</source>
        <translation>
            <numerusform>%Ln 个会话，其中 %1 个无用户；属性共 %2，平均每个会话 %3；统计时间 %4</numerusform>
        </translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>随时间变化</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::RotationBar</name>
    <message>
        <source>A visitor collects the fresh id with the next request.</source>
        <translation>访客在下一次请求时取得新的标识。</translation>
    </message>
    <message>
        <source>Show waiting</source>
        <translation>显示等待中的</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message numerus="yes">
        <source>Rotation: %Ln asked</source>
        <translation>
            <numerusform>轮换：已请求 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln collected</source>
        <translation>
            <numerusform>，已取得 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln waiting</source>
        <translation>
            <numerusform>，等待 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln ended</source>
        <translation>
            <numerusform>，已结束 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Revoke the %Ln waiting</source>
        <translation>
            <numerusform>撤销等待中的 %Ln 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::SavedViews</name>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Searches that were saved by name</source>
        <translation>按名称保存的搜索</translation>
    </message>
    <message>
        <source>&amp;Save this search…</source>
        <translation>保存此搜索(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <translation>忘记(&amp;F)</translation>
    </message>
    <message>
        <source>Save this search</source>
        <translation>保存此搜索</translation>
    </message>
    <message>
        <source>Name of the view. What stands in the search line is kept with it, names of users too:</source>
        <translation>视图的名称。搜索栏中的内容会一并保存，包括用户名：</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::SearchBar</name>
    <message>
        <source>Search: a user, a key, a cookie, role=admin, size&gt;10k, seen&lt;5m, around:15:00, &quot;text&quot;</source>
        <translation>搜索：用户、键、Cookie、role=admin、size&gt;10k、seen&lt;5m、around:15:00、&quot;文本&quot;</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>ann or user:ann – sessions of this user, with those that ended lately
key:WQ1a – whose key begins so; a whole key or a cookie as it is
role=admin, cart.total&gt;=100, has:role – by attributes
size&gt;10k, attributes&gt;50, seen&lt;5m, created&gt;2d, ends&lt;1h – by what the store knows
around:15:00 – that lived then; is:ended – by state
&quot;some text&quot; – in names and values of attributes
Up and down call back what was searched before.</source>
        <translation>ann 或 user:ann – 该用户的会话，包括最近结束的
key:WQ1a – 键以此开头；完整的键或 Cookie 可直接输入
role=admin、cart.total&gt;=100、has:role – 按属性
size&gt;10k、attributes&gt;50、seen&lt;5m、created&gt;2d、ends&lt;1h – 按存储所知的信息
around:15:00 – 当时存在的；is:ended – 按状态
&quot;文本&quot; – 在属性的名称和值中
上下键可找回之前的搜索。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Show all sessions again</source>
        <translation>重新显示所有会话</translation>
    </message>
    <message>
        <source>Progress of the search</source>
        <translation>搜索进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Do not filter by the deadline any more</source>
        <translation>不再按期限筛选</translation>
    </message>
    <message>
        <source>ends %1 – %2</source>
        <translation>结束于 %1 – %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln found in %1 of %2</source>
        <translation>
            <numerusform>找到 %Ln 个，已查看 %1 / %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Searching: %1</source>
        <translation>正在搜索：%1</translation>
    </message>
    <message>
        <source>Not finished: %1. There may be more.</source>
        <translation>未完成：%1。可能还有更多。</translation>
    </message>
    <message numerus="yes">
        <source>Sorted by %3: the first %Ln of %1 looked at, of %2 in all</source>
        <translation>
            <numerusform>按“%3”排序:前 %Ln 个,已查看 %1 / %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::SessionModel</name>
    <message>
        <source>set aside</source>
        <translation>已隔离</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>fresh id due</source>
        <translation>待更换 ID</translation>
    </message>
    <message>
        <source>active</source>
        <translation>活跃</translation>
    </message>
    <message>
        <source>rotate</source>
        <translation>更换 ID</translation>
    </message>
    <message>
        <source>fixed deadline</source>
        <translation>固定期限</translation>
    </message>
    <message>
        <source>browser session</source>
        <translation>浏览器会话</translation>
    </message>
    <message>
        <source>own idle time</source>
        <translation>单独的空闲时间</translation>
    </message>
    <message>
        <source>The hash of the session id; the id itself is known only to the visitor&apos;s browser</source>
        <translation>会话 ID 的哈希；ID 本身只有访客的浏览器知道</translation>
    </message>
    <message>
        <source>Time until the earlier of the idle and the absolute deadline</source>
        <translation>距空闲期限与绝对期限中较早者的时间</translation>
    </message>
    <message>
        <source>Time until the session ends if no request comes</source>
        <translation>若无请求，距会话结束的时间</translation>
    </message>
    <message>
        <source>Time until the session ends whatever happens</source>
        <translation>无论如何，距会话结束的时间</translation>
    </message>
    <message>
        <source>Bytes of all attributes</source>
        <translation>所有属性的字节数</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>最近访问</translation>
    </message>
    <message>
        <source>Expires in</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>Idle left</source>
        <translation>剩余空闲时间</translation>
    </message>
    <message>
        <source>Absolute left</source>
        <translation>剩余绝对时间</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>标志</translation>
    </message>
    <message>
        <source>Click to sort.</source>
        <translation>点击以排序。</translation>
    </message>
    <message>
        <source>The store cannot sort by this column.</source>
        <translation>存储无法按此列排序。</translation>
    </message>
    <message>
        <source>Click to look for the first by this column.</source>
        <translation>单击以按此列查找排在最前的会话。</translation>
    </message>
    <message>
        <source>The attribute %1. Click to look for the first by this column.</source>
        <translation>属性 %1。单击以按此列查找排在最前的会话。</translation>
    </message>
    <message>
        <source>What the visitor calls the device</source>
        <translation>访问者给设备起的名称</translation>
    </message>
    <message>
        <source>Where the visitor was seen last</source>
        <translation>访问者最近一次出现的地址</translation>
    </message>
    <message>
        <source>Browser and system, by what the browser calls itself</source>
        <translation>浏览器和系统，依浏览器自称</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Browser</source>
        <translation>浏览器</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::SessionView</name>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>&amp;Attribute…</source>
        <translation>属性(&amp;A)…</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::SnapshotActions</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Snapshots (*.json *.jsonl *.json.gz *.jsonl.gz)</source>
        <translation>快照 (*.json *.jsonl *.json.gz *.jsonl.gz)</translation>
    </message>
    <message>
        <source>Open snapshot</source>
        <translation>打开快照</translation>
    </message>
    <message>
        <source>Opening %1…</source>
        <translation>正在打开 %1…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Sessions that have ended have left the store: there is nothing to export.</source>
        <translation>已结束的会话已不在存储中，没有可导出的内容。</translation>
    </message>
    <message>
        <source>Sessions that are set aside cannot be read, and so not be exported.</source>
        <translation>已隔离的会话无法读取，因此不能导出。</translation>
    </message>
    <message>
        <source>The search is not finished: wait for it, or stop it to export what was found.</source>
        <translation>搜索尚未完成：请等待，或停止搜索以导出已找到的会话。</translation>
    </message>
    <message>
        <source>No session is shown.</source>
        <translation>当前没有显示任何会话。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Export the selected sessions</source>
        <translation>导出所选会话</translation>
    </message>
    <message>
        <source>Export the sessions that are shown</source>
        <translation>导出所显示的会话</translation>
    </message>
    <message>
        <source>JSON (*.json);;JSON lines (*.jsonl);;Packed JSON (*.json.gz);;Packed JSON lines (*.jsonl.gz)</source>
        <translation>JSON (*.json);;JSON 行 (*.jsonl);;压缩的 JSON (*.json.gz);;压缩的 JSON 行 (*.jsonl.gz)</translation>
    </message>
    <message>
        <source>Exporting sessions of %1…</source>
        <translation>正在导出 %1 的会话…</translation>
    </message>
    <message>
        <source>Export to %1</source>
        <translation>导出到 %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions</source>
        <translation>
            <numerusform>%Ln 个会话</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>正在读取 %1…</translation>
    </message>
    <message>
        <source>Importing %1…</source>
        <translation>正在导入 %1…</translation>
    </message>
    <message>
        <source>Import of %1</source>
        <translation>导入 %1</translation>
    </message>
    <message>
        <source>Import snapshot into %1</source>
        <translation>将快照导入 %1</translation>
    </message>
    <message numerus="yes">
        <source>, %Ln had ended meanwhile</source>
        <translation>
            <numerusform>，其间已结束 %Ln 个</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 exists already: nothing was written. Choose that name to replace it.</source>
        <translation>%1 已存在：未写入任何内容。如要替换，请选择该名称。</translation>
    </message>
    <message numerus="yes">
        <source>stopped after %Ln sessions</source>
        <translation>
            <numerusform>在 %Ln 个会话后停止</numerusform>
        </translation>
    </message>
    <message>
        <source>; the search was not finished, there may be more</source>
        <translation>；搜索未完成，可能还有更多</translation>
    </message>
    <message>
        <source>%1 is part of an SQLite database: nothing was written. Choose another name.</source>
        <translation>%1 属于一个 SQLite 数据库：未写入任何内容。请选择其他名称。</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StatusLine</name>
    <message>
        <source>The zone of all times that are shown</source>
        <translation>所有显示时间的时区</translation>
    </message>
    <message>
        <source>%1: connecting…</source>
        <translation>%1：正在连接…</translation>
    </message>
    <message>
        <source>%1: not connected, trying again</source>
        <translation>%1：未连接，正在重试</translation>
    </message>
    <message>
        <source>%1: connected, %2 ms</source>
        <translation>%1：已连接，%2 毫秒</translation>
    </message>
    <message>
        <source>%1: connected to %3, %2 ms</source>
        <translation>%1：已连接到 %3，%2 毫秒</translation>
    </message>
    <message>
        <source>%1 events/s</source>
        <translation>%1 事件/秒</translation>
    </message>
    <message>
        <source>writable</source>
        <translation>可写</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>The time of the store, in the zone of all times that are shown.
Local: %1
UTC: %2</source>
        <translation>存储的时间，采用所有显示时间的时区。
本地：%1
UTC：%2</translation>
    </message>
    <message>
        <source>%1: connected to %2, trying again</source>
        <translation>%1：已连接 %2，正在重试</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreActions</name>
    <message numerus="yes">
        <source>%Ln sessions</source>
        <translation>
            <numerusform>%Ln 个会话</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>214 sessions of ann</comment>
        <translation>%2 的 %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>214 sessions of 31 users</comment>
        <translation>%2的 %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln users</source>
        <translation>
            <numerusform>%Ln 个用户</numerusform>
        </translation>
    </message>
    <message>
        <source>Counting sessions</source>
        <translation>统计会话</translation>
    </message>
    <message>
        <source>%1 in %2?</source>
        <comment>Delete 214 sessions of 31 users in shop?</comment>
        <translation>%2：%1？</translation>
    </message>
    <message>
        <source>Name of the store</source>
        <translation>存储名称</translation>
    </message>
    <message>
        <source>Set expiry of %1</source>
        <translation>设置 %1 的有效期</translation>
    </message>
    <message>
        <source>Extend %1 by %2</source>
        <translation>将 %1 的有效期延长 %2</translation>
    </message>
    <message>
        <source>Expire %1 now</source>
        <translation>立即使 %1 过期</translation>
    </message>
    <message>
        <source>Their visitors are logged out with the next request.</source>
        <translation>访客将在下次请求时登出。</translation>
    </message>
    <message>
        <source>Each visitor stays logged in and gets a fresh id with the next request; the old id is dead then.</source>
        <translation>每位访客保持登录，并在下次请求时获得新 ID；旧 ID 随即失效。</translation>
    </message>
    <message>
        <source>Clear all attributes of %1</source>
        <translation>清空 %1 的全部属性</translation>
    </message>
    <message>
        <source>Ids, users and deadlines stay; everything else of these sessions goes.</source>
        <translation>ID、用户和期限保留；这些会话的其他内容全部清除。</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>删除 %1</translation>
    </message>
    <message>
        <source>Revoke %1</source>
        <translation>吊销 %1</translation>
    </message>
    <message>
        <source>The user is logged out everywhere, with the next request of each visitor.</source>
        <translation>该用户将在所有地方登出，于各访客下次请求时生效。</translation>
    </message>
    <message>
        <source>Rotate %1 on the next request</source>
        <translation>在下次请求时更换 %1 的 ID</translation>
    </message>
    <message>
        <source>Their deadlines move by that much; use moves them on as before.</source>
        <translation>它们的截止时间将相应推迟；使用时仍会照常继续推迟。</translation>
    </message>
    <message>
        <source>This is more than %1 sessions and cannot be undone.</source>
        <translation>超过 %1 个会话，无法撤销。</translation>
    </message>
    <message>
        <source>It can be undone as long as this tab is open.</source>
        <translation>只要该标签页未关闭，即可撤销。</translation>
    </message>
    <message>
        <source>This is production. Type the name of the store, %1, to go on:</source>
        <translation>这是生产环境。请输入存储名称 %1 以继续：</translation>
    </message>
    <message>
        <source>These sessions are too large for it to be undone.</source>
        <translation>这些会话过大，无法撤销。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions of %1 were ended.</source>
        <translation>
            <numerusform>已结束 %1 的 %Ln 个会话。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreEditor</name>
    <message>
        <source>The session was changed by somebody else meanwhile.</source>
        <translation>该会话已被他人修改。</translation>
    </message>
    <message>
        <source>This session has ended meanwhile; nothing was written.</source>
        <translation>该会话已经结束，没有写入任何内容。</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>撤销：%1</translation>
    </message>
    <message>
        <source>Redo: %1</source>
        <translation>重做：%1</translation>
    </message>
    <message>
        <source>This session is there already; nothing was written.</source>
        <translation>该会话已存在，未写入任何内容。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions ended</source>
        <translation>
            <numerusform>已结束 %Ln 个会话</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreList</name>
    <message>
        <source>Stores</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存的连接</translation>
    </message>
    <message>
        <source>Running applications</source>
        <translation>运行中的应用</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>%1, open</source>
        <translation>%1，已打开</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>name of a store, then its environment</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>none found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>编辑(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Remove from the side bar</source>
        <translation>从侧栏移除(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Connect to one…</source>
        <translation>连接存储…</translation>
    </message>
    <message>
        <source>Open or drop one…</source>
        <translation>打开或拖入…</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreOpener</name>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Password of %1:</source>
        <translation>%1 的密码：</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Not opened</source>
        <translation>未打开</translation>
    </message>
    <message>
        <source>demo</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>Start the demo</source>
        <translation>启动演示</translation>
    </message>
    <message>
        <source>The demo did not start: %1</source>
        <translation>演示程序未能启动：%1</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreTab</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>The sessions cannot be shown</source>
        <translation>无法显示会话</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>Asking the store…</source>
        <translation>正在询问存储…</translation>
    </message>
    <message>
        <source>No session matches the filter</source>
        <translation>没有符合筛选的会话</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>No session yet</source>
        <translation>还没有会话</translation>
    </message>
    <message>
        <source>Sessions appear here as soon as the application makes one. Open one of its pages in a browser.</source>
        <translation>应用一创建会话，便会在此显示。请在浏览器中打开其页面。</translation>
    </message>
    <message>
        <source>Make it read-only again</source>
        <translation>恢复只读</translation>
    </message>
    <message>
        <source>Make it writable…</source>
        <translation>设为可写…</translation>
    </message>
    <message>
        <source>Find by cookie</source>
        <translation>按 Cookie 查找</translation>
    </message>
    <message>
        <source>Value of the session cookie.
It is hashed here, sent nowhere and not kept:</source>
        <translation>会话 Cookie 的值。
仅在此处哈希，不会发送或保存：</translation>
    </message>
    <message>
        <source>This is no session cookie: its value must be 22 letters, digits, - and _.</source>
        <translation>这不是会话 Cookie：其值必须是 22 个字母、数字、- 或 _。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions</source>
        <translation>
            <numerusform>%Ln 个会话</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln sessions</source>
        <translation>
            <numerusform>%Ln 个会话中的 %1 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions are in the store.</source>
        <translation>
            <numerusform>存储中有 %Ln 个会话。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln ended</source>
        <translation>
            <numerusform>，%Ln 个已结束</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln new outside this view (F5)</source>
        <translation>
            <numerusform>，视图外新增 %Ln 个（F5）</numerusform>
        </translation>
    </message>
    <message>
        <source>Edit connection…</source>
        <translation>编辑连接…</translation>
    </message>
    <message>
        <source>Made writable</source>
        <translation>已设为可写</translation>
    </message>
    <message>
        <source>Made read-only</source>
        <translation>已设为只读</translation>
    </message>
    <message>
        <source>Make %1 writable</source>
        <translation>将 %1 设为可写</translation>
    </message>
    <message>
        <source>What you change takes effect for visitors at once. The store is read-only again when its tab closes.</source>
        <translation>更改会立即对访客生效。关闭标签页后，存储恢复为只读。</translation>
    </message>
    <message>
        <source>&amp;Make it writable</source>
        <translation>设为可写(&amp;M)</translation>
    </message>
    <message>
        <source>Counting sessions: %1</source>
        <translation>正在统计会话：%1</translation>
    </message>
    <message>
        <source>Make it writable</source>
        <translation>设为可写</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>%1 is production. Make it writable?</source>
        <translation>%1 是生产环境。要设为可写吗？</translation>
    </message>
    <message>
        <source> (search not finished)</source>
        <translation>（搜索未完成）</translation>
    </message>
    <message numerus="yes">
        <source>, %Ln selected</source>
        <translation>
            <numerusform>，已选 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln of them out of sight</source>
        <translation>
            <numerusform>，其中 %Ln 个不在视图内</numerusform>
        </translation>
    </message>
    <message>
        <source>Not connected.</source>
        <translation>未连接。</translation>
    </message>
    <message>
        <source>%1 Trying again by itself.</source>
        <translation>%1 正在自动重试。</translation>
    </message>
    <message>
        <source>Production, writable.</source>
        <translation>生产环境，可写。</translation>
    </message>
    <message>
        <source>%1 can be changed.</source>
        <translation>%1 可以修改。</translation>
    </message>
    <message>
        <source>This ends with the tab.</source>
        <translation>关闭标签页后即失效。</translation>
    </message>
    <message>
        <source>Production, read-only.</source>
        <translation>生产环境，只读。</translation>
    </message>
    <message>
        <source>Read-only.</source>
        <translation>只读。</translation>
    </message>
    <message>
        <source>Nothing here can be changed by accident.</source>
        <translation>此处不会被意外修改。</translation>
    </message>
    <message>
        <source>Nothing in it can be changed.</source>
        <translation>其中内容无法修改。</translation>
    </message>
    <message>
        <source>The session is in the panel. In the table the filter hides it, or it is farther down.</source>
        <translation>该会话显示在面板中。在表格中它被筛选器隐藏，或位于更下方。</translation>
    </message>
    <message>
        <source>Nothing is known of this cookie: this store did not issue it, or so long ago that its history is gone.</source>
        <translation>没有关于该 Cookie 的记录：它不是由此存储签发的，或签发过久，其历史已被清除。</translation>
    </message>
    <message>
        <source>No living session has this cookie. The time line says how it ended.</source>
        <translation>没有存活的会话使用该 Cookie。时间线会说明其结束原因。</translation>
    </message>
    <message>
        <source>Show an attribute as column</source>
        <translation>将属性显示为列</translation>
    </message>
    <message>
        <source>Name of the attribute, as in role or cart.total:</source>
        <translation>属性名称，例如 role 或 cart.total：</translation>
    </message>
    <message>
        <source>Connected again.</source>
        <translation>已重新连接。</translation>
    </message>
    <message>
        <source>Another store may answer at this address now: what was done before can no longer be undone.</source>
        <translation>此地址上现在可能是另一个存储：之前所做的操作无法再撤销。</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreTabs</name>
    <message>
        <source>Open stores</source>
        <translation>打开的存储</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>name of a store, then its environment</comment>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::TimeLine</name>
    <message>
        <source>Time line</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>最近访问</translation>
    </message>
    <message>
        <source>Came into this store</source>
        <translation>进入此存储</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Nothing is known of this session.</source>
        <translation>没有该会话的信息。</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::TimesPage</name>
    <message>
        <source>Created:</source>
        <translation>创建：</translation>
    </message>
    <message>
        <source>Last seen:</source>
        <translation>最近访问：</translation>
    </message>
    <message>
        <source>Ends:</source>
        <translation>结束：</translation>
    </message>
    <message>
        <source>Ends in:</source>
        <translation>剩余：</translation>
    </message>
    <message>
        <source>Absolute end:</source>
        <translation>绝对期限：</translation>
    </message>
    <message>
        <source>Expiry:</source>
        <translation>有效期：</translation>
    </message>
    <message>
        <source>Id handed out:</source>
        <translation>ID 发放时间：</translation>
    </message>
    <message>
        <source>Fresh id:</source>
        <translation>新 ID：</translation>
    </message>
    <message>
        <source>Version:</source>
        <translation>版本：</translation>
    </message>
    <message>
        <source>Size:</source>
        <translation>大小：</translation>
    </message>
    <message>
        <source>Visit:</source>
        <translation>访问：</translation>
    </message>
    <message>
        <source>Set e&amp;xpiry…</source>
        <translation>设置有效期(&amp;X)…</translation>
    </message>
    <message>
        <source>Expire &amp;now</source>
        <translation>立即过期(&amp;N)</translation>
    </message>
    <message>
        <source>realm %1</source>
        <translation>领域 %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>due on the visitor&apos;s next request</source>
        <translation>访客下次请求时更换</translation>
    </message>
    <message>
        <source>not asked for</source>
        <translation>未要求</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::UnfinishedWork</name>
    <message>
        <source>%1: %2 %</source>
        <translation>%1：%2%</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1：%2 / %3</translation>
    </message>
    <message>
        <source>What was typed in %1 has not been saved.</source>
        <translation>在 %1 中输入的内容尚未保存。</translation>
    </message>
    <message>
        <source>Work is under way</source>
        <translation>操作正在进行</translation>
    </message>
    <message>
        <source>What has been done stays done, but cannot be taken back any more.</source>
        <translation>已完成的部分会保留，但之后无法再撤销。</translation>
    </message>
    <message>
        <source>&amp;Stop and close</source>
        <translation>停止并关闭(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>继续(&amp;G)</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::UserPage</name>
    <message>
        <source>Sessions of %1 – %2</source>
        <comment>a user, then the name of the store</comment>
        <translation>%1 的会话 – %2</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>○ created   ● logged in   ◆ fresh id   ✕ ended   | last seen</source>
        <translation>○ 已创建   ● 已登录   ◆ 新标识   ✕ 已结束   | 最后活动</translation>
    </message>
    <message>
        <source>&amp;Show session</source>
        <translation>显示会话(&amp;S)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln living sessions</source>
        <translation>
            <numerusform>%Ln 个活动会话</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln that have ended</source>
        <translation>
            <numerusform>%Ln 个已结束</numerusform>
        </translation>
    </message>
    <message>
        <source>Shown are the %1 that were seen last.</source>
        <translation>显示最近活动的 %1 个。</translation>
    </message>
    <message>
        <source>Shown are the last %1 events.</source>
        <translation>显示最近的 %1 个事件。</translation>
    </message>
    <message>
        <source>Nothing is known of this user.</source>
        <translation>没有关于此用户的记录。</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ValueDialog</name>
    <message>
        <source>Edit %1</source>
        <translation>编辑 %1</translation>
    </message>
    <message>
        <source>This value is written as JSON: text in quotes, with escapes.</source>
        <translation>此值以 JSON 书写：文本加引号并转义。</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Writes this value (%1)</source>
        <translation>写入此值（%1）</translation>
    </message>
    <message>
        <source>What you typed is not saved. Save it, or cancel once more to drop it.</source>
        <translation>您输入的内容尚未保存。请保存，或再次取消以放弃。</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::WatchPage</name>
    <message>
        <source>Requests and changes</source>
        <translation>请求与更改</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation>清除(&amp;L)</translation>
    </message>
    <message>
        <source>Watching since %1. Requests and changes appear as they happen.</source>
        <translation>自 %1 起观察。请求与更改发生时会显示在此。</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::Welcome</name>
    <message>
        <source>Sojourn Inspector</source>
        <translation>Sojourn Inspector</translation>
    </message>
    <message>
        <source>Sessions of web applications, live: see who is logged in and why somebody is not, change what a session holds, and take it back.</source>
        <translation>实时查看 Web 应用的会话：谁已登录、谁为何没有登录；修改会话内容，并可随时撤销。</translation>
    </message>
    <message>
        <source>Try the &amp;demo</source>
        <translation>试用演示(&amp;D)</translation>
    </message>
    <message>
        <source>sojourn-demo was not found beside this program or in the search path.</source>
        <translation>在本程序旁或搜索路径中未找到 sojourn-demo。</translation>
    </message>
    <message>
        <source>Starts a small web application with sessions and attaches to it.</source>
        <translation>启动一个带会话的小型 Web 应用并连接到它。</translation>
    </message>
    <message>
        <source>&amp;Connect to a store</source>
        <translation>连接存储(&amp;C)</translation>
    </message>
    <message>
        <source>A SQLite file, Redis or Valkey, or an application that runs on this machine.</source>
        <translation>SQLite 文件、Redis 或 Valkey，或本机上运行的应用。</translation>
    </message>
    <message>
        <source>Open a s&amp;napshot</source>
        <translation>打开快照(&amp;N)</translation>
    </message>
    <message>
        <source>A file that was exported before; dropping it on the window does the same.</source>
        <translation>之前导出的文件；拖放到窗口也可打开。</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::WindowActions</name>
    <message>
        <source>&amp;Connect…</source>
        <translation>连接(&amp;C)…</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>&amp;Open snapshot…</source>
        <translation>打开快照(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Export what is shown…</source>
        <translation>导出所显示的(&amp;E)…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export &amp;selected…</source>
        <translation>导出所选(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Import snapshot…</source>
        <translation>导入快照(&amp;I)…</translation>
    </message>
    <message>
        <source>Save activity &amp;log…</source>
        <translation>保存操作记录(&amp;L)…</translation>
    </message>
    <message>
        <source>Close &amp;tab</source>
        <translation>关闭标签页(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>筛选(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Show all</source>
        <translation>显示全部(&amp;S)</translation>
    </message>
    <message>
        <source>Find by &amp;cookie…</source>
        <translation>按 Cookie 查找(&amp;C)…</translation>
    </message>
    <message>
        <source>Find by cookie</source>
        <translation>按 Cookie 查找</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>刷新(&amp;R)</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>&amp;Next tab</source>
        <translation>下一个标签页(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous tab</source>
        <translation>上一个标签页(&amp;P)</translation>
    </message>
    <message>
        <source>Move tab &amp;back to the first window</source>
        <translation>将标签页移回第一个窗口(&amp;B)</translation>
    </message>
    <message>
        <source>Move tab to a new &amp;window</source>
        <translation>将标签页移到新窗口(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Edit attributes</source>
        <translation>编辑属性(&amp;E)</translation>
    </message>
    <message>
        <source>Set e&amp;xpiry…</source>
        <translation>设置有效期(&amp;X)…</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>Extend by an &amp;hour</source>
        <translation>延长一小时(&amp;H)</translation>
    </message>
    <message>
        <source>Extend by a da&amp;y</source>
        <translation>延长一天(&amp;Y)</translation>
    </message>
    <message>
        <source>Expire &amp;now</source>
        <translation>立即过期(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Rotate on next request</source>
        <translation>下次请求时更换 ID(&amp;R)</translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation>更换 ID</translation>
    </message>
    <message>
        <source>C&amp;lear attributes</source>
        <translation>清空属性(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Revoke &amp;all of the user</source>
        <translation>吊销该用户的全部会话(&amp;A)</translation>
    </message>
    <message>
        <source>Show only this &amp;user</source>
        <translation>仅显示该用户(&amp;U)</translation>
    </message>
    <message>
        <source>Time li&amp;ne of the user</source>
        <translation>用户的时间线(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Pin this session</source>
        <translation>固定此会话(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Watch this session</source>
        <translation>观察此会话(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Compare two sessions</source>
        <translation>比较两个会话(&amp;C)</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Cop&amp;y key</source>
        <translation>复制键(&amp;Y)</translation>
    </message>
    <message>
        <source>Expire &amp;now…</source>
        <translation>立即过期(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Rotate on next request…</source>
        <translation>下次请求时更换 ID(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>删除(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Writable</source>
        <translation>可写(&amp;W)</translation>
    </message>
    <message>
        <source>Compare &amp;stores and snapshots…</source>
        <translation>比较存储与快照(&amp;S)…</translation>
    </message>
    <message>
        <source>Start the &amp;demo</source>
        <translation>启动演示(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>关于(&amp;A)</translation>
    </message>
    <message>
        <source>The visitors stay logged in and get a fresh id with their next request</source>
        <translation>访客保持登录，并在下次请求时获得新 ID</translation>
    </message>
    <message>
        <source>E&amp;xpiry</source>
        <translation>有效期(&amp;X)</translation>
    </message>
    <message>
        <source>All that the filter sh&amp;ows</source>
        <translation>筛选显示的全部(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>列(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Sessions</source>
        <translation>会话(&amp;S)</translation>
    </message>
    <message>
        <source>S&amp;tore</source>
        <translation>存储(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>&amp;Compare with %1, seen before</source>
        <translation>与先前查看的 %1 比较(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>撤销(&amp;U)：%1</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>重做(&amp;R)：%1</translation>
    </message>
    <message>
        <source>Export what is shown</source>
        <translation>导出当前显示的会话</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::WindowPanels</name>
    <message>
        <source>Stores</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>At a glance</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>操作记录</translation>
    </message>
    <message>
        <source>S&amp;tores</source>
        <translation>存储(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>会话(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;At a glance</source>
        <translation>概览(&amp;A)</translation>
    </message>
    <message>
        <source>Acti&amp;vity</source>
        <translation>操作记录(&amp;V)</translation>
    </message>
    <message>
        <source>Pinned session</source>
        <translation>已固定的会话</translation>
    </message>
</context>
</TS>
