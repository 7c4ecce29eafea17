// SPDX-License-Identifier: MIT
#include "load.h"

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>

#include <algorithm>
#include <stdexcept>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

QByteArrayList fieldsOf(qint64 process, const QString &file)
{
    QFile source(u"/proc/%1/%2"_s.arg(process).arg(file));
    if (!source.open(QIODevice::ReadOnly))
        throw std::runtime_error("The server has ended.");
    const QByteArray text = source.readAll();
    return text.sliced(text.indexOf(')') + 1).trimmed().split(' '); // the program's name may hold spaces
}

/// User and system time in seconds.
double cpuTime(qint64 process)
{
    const QByteArrayList fields = fieldsOf(process, u"stat"_s);
    return (fields.at(11).toDouble() + fields.at(12).toDouble()) / double(::sysconf(_SC_CLK_TCK));
}

} // namespace

Load runLoad(const QUrl &url, const QByteArray &cookie, qint64 process, int seconds)
{
    QStringList arguments = {u"-t1"_s, u"-c16"_s, u"-d%1s"_s.arg(seconds)};
    if (!cookie.isEmpty())
        arguments += {u"-H"_s, u"Cookie: "_s + QString::fromLatin1(cookie)};
    const double before = cpuTime(process);
    QProcess wrk;
    wrk.start(u"wrk"_s, arguments + QStringList{url.toString()});
    if (!wrk.waitForFinished((seconds + 30) * 1000))
        throw std::runtime_error("wrk did not run. Is it installed?");
    const double used = cpuTime(process) - before;

    const QString report = QString::fromUtf8(wrk.readAll());
    static const QRegularExpression total(u"(\\d+) requests in"_s), rate(u"Requests/sec:\\s*([\\d.]+)"_s);
    const auto count = total.match(report);
    if (!count.hasMatch() || report.contains("Non-2xx"_L1) || report.contains("Socket errors"_L1))
        throw std::runtime_error((url.path() + u" failed under load:\n"_s + report).toStdString());
    return {rate.match(report).captured(1).toDouble(), used / count.captured(1).toDouble() * 1e6};
}

double median(QList<double> values)
{
    std::ranges::nth_element(values, values.begin() + values.size() / 2);
    return values.at(values.size() / 2);
}

qint64 residentMemory(qint64 process)
{
    return fieldsOf(process, u"statm"_s).at(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
}
