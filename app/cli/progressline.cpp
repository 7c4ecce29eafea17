// SPDX-License-Identifier: MIT
#include "progressline.h"

#include "terminal.h"
#include "timetext.h"

#include <QtCore/QLocale>

#include <cstdio>

using namespace Qt::StringLiterals;

ProgressLine::ProgressLine()
{
    m_elapsed.start();
}

ProgressLine::~ProgressLine()
{
    if (m_visible)
        std::fputs("\r\x1b[K", stderr);
}

void ProgressLine::show(const Sojourn::SnapshotProgress &progress)
{
    const qint64 elapsed = m_elapsed.elapsed();
    if (!Terminal::isError() || elapsed - m_shownAt < 200)
        return;
    m_shownAt = elapsed;
    m_visible = true;
    const double rate = static_cast<double>(progress.sessions) * 1000 / static_cast<double>(elapsed);
    QString text =
        u"%1 sessions, %2 a second"_s.arg(QLocale::c().toString(progress.sessions)).arg(QLocale::c().toString(qRound64(rate)));
    if (progress.fraction > 0.01) {
        const double left = static_cast<double>(elapsed) * (1 - progress.fraction) / progress.fraction;
        text = u"%1 %, %2, %3 left"_s.arg(static_cast<int>(progress.fraction * 100))
                   .arg(text, durationText(std::chrono::milliseconds(qint64(left))));
    }
    std::fputs(("\r\x1b[K" + text.toUtf8()).constData(), stderr);
}
