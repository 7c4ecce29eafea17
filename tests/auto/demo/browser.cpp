// SPDX-License-Identifier: MIT
#include "browser.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QStandardPaths>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;

QString Browser::executable()
{
    for (const QString &name : {u"chromium"_s, u"chromium-browser"_s, u"google-chrome"_s}) {
        const QString path = QStandardPaths::findExecutable(name);
        if (!path.isEmpty())
            return path;
    }
    return {};
}

Browser::Browser()
{
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &Browser::received);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(executable(), {u"--headless"_s, u"--no-sandbox"_s, u"--disable-gpu"_s, u"--hide-scrollbars"_s,
                                   u"--no-first-run"_s, u"--disable-sync"_s, u"--disable-background-networking"_s,
                                   u"--disable-component-update"_s, u"--disable-dev-shm-usage"_s, u"--remote-debugging-port=0"_s,
                                   u"--remote-allow-origins=*"_s, u"--user-data-dir="_s + m_profile.path(), u"about:blank"_s});
    QByteArray address;
    while (address.isEmpty() && (m_process.canReadLine() || m_process.waitForReadyRead(20'000))) {
        const QByteArray line = m_process.canReadLine() ? m_process.readLine() : QByteArray();
        if (const qsizetype at = line.indexOf("ws://"); at >= 0)
            address = line.sliced(at).trimmed();
    }
    if (address.isEmpty())
        return;
    m_socket.open(QUrl(QString::fromLatin1(address)));
    if (!QTest::qWaitFor([this] { return m_socket.isValid(); }))
        return;
    const QString target = call(u"Target.createTarget"_s, {{u"url"_s, u"about:blank"_s}}).value(u"targetId"_s).toString();
    m_tab = call(u"Target.attachToTarget"_s, {{u"targetId"_s, target}, {u"flatten"_s, true}}).value(u"sessionId"_s).toString();
    for (const QString &domain : {u"Page"_s, u"Runtime"_s, u"Log"_s})
        call(domain + u".enable"_s);
}

Browser::~Browser()
{
    if (m_socket.isValid())
        call(u"Browser.close"_s);
    if (!m_process.waitForFinished(5000))
        m_process.kill();
    m_process.waitForFinished(1000);
}

bool Browser::open(const QUrl &url)
{
    call(u"Page.navigate"_s, {{u"url"_s, url.toString()}});
    return QTest::qWaitFor([this] { return evaluate(u"document.readyState"_s) == "complete"_L1; });
}

bool Browser::reload()
{
    evaluate(u"window.beforeReload = true"_s);
    call(u"Page.reload"_s);
    return QTest::qWaitFor([this] { return evaluate(u"!window.beforeReload && document.readyState == 'complete'"_s).toBool(); });
}

QJsonValue Browser::evaluate(const QString &expression)
{
    const QJsonObject answer = call(u"Runtime.evaluate"_s,
                                    {{u"expression"_s, expression}, {u"returnByValue"_s, true}, {u"awaitPromise"_s, true}});
    return answer.value(u"result"_s)[u"value"_s];
}

QString Browser::textOf(const QString &selector)
{
    return evaluate(u"document.querySelector('%1').innerText"_s.arg(selector)).toString();
}

void Browser::click(const QString &selector)
{
    const QJsonValue middle = evaluate(
        u"(() => { const e = document.querySelector('%1'); e.scrollIntoView({ block: 'center' });"
        " const r = e.getBoundingClientRect(); return { x: r.x + r.width / 2, y: r.y + r.height / 2 }; })()"_s.arg(selector));
    for (const QString &type : {u"mousePressed"_s, u"mouseReleased"_s}) {
        call(u"Input.dispatchMouseEvent"_s, {{u"type"_s, type},
                                             {u"x"_s, middle[u"x"_s]},
                                             {u"y"_s, middle[u"y"_s]},
                                             {u"button"_s, u"left"_s},
                                             {u"clickCount"_s, 1}});
    }
}

void Browser::type(const QString &text)
{
    call(u"Input.insertText"_s, {{u"text"_s, text}});
}

void Browser::press(const QString &key)
{
    const int code = key == "Tab"_L1 ? 9 : key == "Enter"_L1 ? 13 : key.at(0).unicode();
    const QString text = key == "Tab"_L1 ? QString() : key == "Enter"_L1 ? u"\r"_s : key;
    for (const QString &type : {u"keyDown"_s, u"keyUp"_s})
        call(u"Input.dispatchKeyEvent"_s, {{u"type"_s, type},
                                           {u"key"_s, key},
                                           {u"windowsVirtualKeyCode"_s, code},
                                           {u"text"_s, type == "keyDown"_L1 ? text : QString()}});
}

void Browser::takePictures(const QString &folder, const QString &name)
{
    for (const QString &scheme : {u"light"_s, u"dark"_s}) {
        for (const int width : {400, 1280}) {
            call(u"Emulation.setEmulatedMedia"_s,
                 {{u"features"_s, QJsonArray{QJsonObject{{u"name"_s, u"prefers-color-scheme"_s}, {u"value"_s, scheme}}}}});
            call(u"Emulation.setDeviceMetricsOverride"_s,
                 {{u"width"_s, width}, {u"height"_s, 800}, {u"deviceScaleFactor"_s, 1}, {u"mobile"_s, false}});
            const QJsonObject picture = call(u"Page.captureScreenshot"_s, {{u"captureBeyondViewport"_s, true}});
            QFile file(u"%1/%2-%3-%4.png"_s.arg(folder, name, scheme).arg(width));
            if (file.open(QIODevice::WriteOnly))
                file.write(QByteArray::fromBase64(picture.value(u"data"_s).toString().toLatin1()));
        }
    }
    call(u"Emulation.clearDeviceMetricsOverride"_s);
    call(u"Emulation.setEmulatedMedia"_s);
}

QJsonObject Browser::call(const QString &method, const QJsonObject &parameters)
{
    const int id = ++m_lastCall;
    QJsonObject message = {{u"id"_s, id}, {u"method"_s, method}, {u"params"_s, parameters}};
    if (!m_tab.isEmpty())
        message.insert(u"sessionId"_s, m_tab);
    m_socket.sendTextMessage(QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
    if (!QTest::qWaitFor([&] { return m_answers.contains(id) || !m_socket.isValid(); }, 10'000))
        return {};
    return m_answers.take(id).value(u"result"_s).toObject();
}

void Browser::received(const QString &text)
{
    const QJsonObject message = QJsonDocument::fromJson(text.toUtf8()).object();
    const QString method = message.value(u"method"_s).toString();
    if (message.contains(u"id"_s))
        m_answers.insert(message.value(u"id"_s).toInt(), message);
    else if (method == "Runtime.exceptionThrown"_L1 || method == "Log.entryAdded"_L1)
        m_complaints << QString::fromUtf8(QJsonDocument(message.value(u"params"_s).toObject()).toJson(QJsonDocument::Compact));
}
