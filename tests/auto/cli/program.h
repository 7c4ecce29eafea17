// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QEventLoop>
#include <QtCore/QJsonDocument>
#include <QtCore/QProcess>
#include <QtCore/QTimer>

/// What the program said.
struct Run
{
    int code = -1; ///< -1 if it did not end by itself
    QByteArray out;
    QByteArray err;

    QJsonDocument json() const { return QJsonDocument::fromJson(out); }
    /// Shown where a test fails.
    QByteArray text() const { return "exit " + QByteArray::number(code) + "\n" + out + err; }
};

/// Runs \a program; the event loop of the test goes on, as the store that the program asks may live in it.
inline Run runProgram(const QString &program, const QStringList &arguments, const QStringList &environment = {},
                      const QString &output = {}, const QByteArray &input = {})
{
    QProcess process;
    QEventLoop loop;
    QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(20'000, &process, &QProcess::kill);
    process.setEnvironment(QProcess::systemEnvironment() + environment);
    if (!output.isEmpty())
        process.setStandardOutputFile(output);
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (process.waitForStarted() && process.state() != QProcess::NotRunning)
        loop.exec();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

inline Run runSojourn(const QStringList &arguments, const QStringList &environment = {}, const QString &output = {},
                      const QByteArray &input = {})
{
    return runProgram(QStringLiteral(SOJOURN_PROGRAM), arguments, environment, output, input);
}
