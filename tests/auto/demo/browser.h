// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtCore/QUrl>
#include <QtWebSockets/QWebSocket>

/// One tab of a headless Chromium with a profile of its own, driven through the DevTools protocol with real input events.
class Browser : public QObject
{
    Q_OBJECT
public:
    Browser();
    ~Browser() override;

    /// The program, empty if none is installed.
    static QString executable();
    bool isReady() const { return !m_tab.isEmpty(); }

    /// Whether the page was there in time.
    bool open(const QUrl &url);
    bool reload();
    void forgetCookies() { call(QStringLiteral("Network.clearBrowserCookies")); }
    /// The value of a JavaScript expression.
    QJsonValue evaluate(const QString &expression);
    QString textOf(const QString &selector);
    void click(const QString &selector);
    /// Types into whatever has the focus.
    void type(const QString &text);
    /// Presses a key such as "Tab", "Enter" or " ".
    void press(const QString &key);
    /// \a folder/name-{light,dark}-{400,1280}.png of the whole page.
    void takePictures(const QString &folder, const QString &name);

    /// What scripts complained about since the last look: exceptions, refused resources and policies.
    QStringList takeComplaints() { return std::exchange(m_complaints, {}); }

private:
    QJsonObject call(const QString &method, const QJsonObject &parameters = {});
    void received(const QString &message);

    QTemporaryDir m_profile;
    QProcess m_process;
    QWebSocket m_socket;
    QString m_tab; // the protocol's session of our tab
    int m_lastCall = 0;
    QHash<int, QJsonObject> m_answers;
    QStringList m_complaints;
};
