// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtCore/QUrl>

/// A sojourn-demo on a free port, for as long as this object lives.
class DemoProcess
{
public:
    /// Starts it with \a options; url() is empty if that failed.
    explicit DemoProcess(const QStringList &options);
    ~DemoProcess();

    QUrl url() const { return m_url; }
    qint64 id() const { return m_process.processId(); }
    QProcess &process() { return m_process; }

private:
    QProcess m_process;
    QUrl m_url;
};

/// A redis-server on a socket in a temporary folder, for as long as this object lives.
class RedisProcess
{
public:
    RedisProcess();
    ~RedisProcess();

    static bool isInstalled();
    bool isRunning() const { return m_process.state() == QProcess::Running; }
    QString storeUrl() const;

private:
    QTemporaryDir m_folder;
    QProcess m_process;
};
