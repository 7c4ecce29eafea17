// SPDX-License-Identifier: MIT
#include "theme.h"

#include <QtCore/QFile>
#include <QtGui/QGuiApplication>
#include <QtGui/QIconEngine>
#include <QtGui/QPainter>
#include <QtGui/QPalette>
#include <QtGui/QPixmapCache>
#include <QtSvg/QSvgRenderer>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector::Theme {

namespace {

/// Draws an SVG whose strokes are `currentColor` in the colour that text has in the same place.
class SvgIconEngine : public QIconEngine
{
public:
    explicit SvgIconEngine(const QByteArray &svg) : m_svg(svg) { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        const auto role = mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::WindowText;
        QByteArray svg = m_svg;
        svg.replace("currentColor", QGuiApplication::palette().color(group, role).name().toLatin1());
        QSvgRenderer(svg).render(painter, rect);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect({}, size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new SvgIconEngine(m_svg); }

private:
    QByteArray m_svg;
};

} // namespace

bool isDark()
{
    return QGuiApplication::palette().color(QPalette::Base).lightness() < 128;
}

QColor colour(Colour colour)
{
    const bool dark = isDark();
    switch (colour) {
    case Colour::Accent:
        return dark ? QColor(0x7ab7ff) : QColor(0x0b5cad);
    case Colour::Muted:
        return dark ? QColor(0xa3a8b0) : QColor(0x5f656e);
    case Colour::Good:
        return dark ? QColor(0x6fce8f) : QColor(0x1a7038);
    case Colour::Warning:
        return dark ? QColor(0xf0b95b) : QColor(0x8a5300);
    case Colour::Bad:
        return dark ? QColor(0xff9189) : QColor(0xb3261e);
    case Colour::JsonName:
        return dark ? QColor(0x8cc4ff) : QColor(0x0b5394);
    case Colour::JsonString:
        return dark ? QColor(0x9fd59a) : QColor(0x20692a);
    case Colour::JsonNumber:
        return dark ? QColor(0xe8b26a) : QColor(0x8f4a00);
    case Colour::JsonKeyword:
        return dark ? QColor(0xd5a6f2) : QColor(0x7a2f9c);
    case Colour::Outline:
        return dark ? QColor(0x868d97) : QColor(0x858b94);
    }
    Q_UNREACHABLE();
}

QList<QColor> markers()
{
    return {QColor(0x2f7de1), QColor(0x2a9d5c), QColor(0xbb7900), QColor(0xdc4b40),
            QColor(0x9c62d6), QColor(0x0f9aa8), QColor(0x7d8590)};
}

QIcon icon(const QString &name)
{
    QFile file(u":/icons/%1.svg"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QIcon(new SvgIconEngine(file.readAll()));
}

QIcon dot(const QColor &colour, bool filled)
{
    QIcon icon;
    for (const int size : {16, 32, 48}) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(colour, size / 10.0));
        painter.setBrush(filled ? QBrush(colour) : QBrush(Qt::NoBrush));
        painter.drawEllipse(QRectF(size * 0.22, size * 0.22, size * 0.56, size * 0.56));
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

QPalette palette(bool dark)
{
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor &colour) { palette.setColor(role, colour); };
    const QColor window = dark ? QColor(0x2d3137) : QColor(0xf3f4f6);
    const QColor text = dark ? QColor(0xe8eaed) : QColor(0x1c1f23);
    set(QPalette::Window, window);
    set(QPalette::WindowText, text);
    set(QPalette::Base, dark ? QColor(0x1b1d21) : QColor(Qt::white));
    set(QPalette::AlternateBase, dark ? QColor(0x212429) : QColor(0xf7f8fa));
    set(QPalette::Text, text);
    set(QPalette::Button, dark ? QColor(0x3a3f46) : QColor(0xe9ebee));
    set(QPalette::ButtonText, text);
    set(QPalette::BrightText, Qt::white);
    set(QPalette::ToolTipBase, dark ? QColor(0x34383f) : QColor(0xfffdf2));
    set(QPalette::ToolTipText, text);
    set(QPalette::PlaceholderText, dark ? QColor(0x9298a1) : QColor(0x6b717a));
    set(QPalette::Highlight, dark ? QColor(0x2f6db3) : QColor(0x1f6fc5));
    set(QPalette::HighlightedText, Qt::white);
    set(QPalette::Link, dark ? QColor(0x7ab7ff) : QColor(0x0b5cad));
    set(QPalette::LinkVisited, dark ? QColor(0xd5a6f2) : QColor(0x7a2f9c));
    set(QPalette::Light, window.lighter(dark ? 140 : 105));
    set(QPalette::Midlight, window.lighter(dark ? 120 : 102));
    set(QPalette::Mid, dark ? window.lighter(170) : window.darker(118));
    set(QPalette::Dark, window.darker(dark ? 150 : 140));
    set(QPalette::Shadow, Qt::black);
    const QColor disabled = dark ? QColor(0x777d86) : QColor(0x9aa0a8);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, disabled);
    return palette;
}

} // namespace Sojourn::Inspector::Theme
