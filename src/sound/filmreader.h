#pragma once

#include <QImage>
#include <QSize>
#include <QString>

namespace confab {

/// What a file of film or sound is, read without playing it. Blocks; any thread.
struct FilmContents {
    QSize size; ///< as it is shown; empty: no film
    int duration = 0; ///< ms
    QImage poster; ///< an early frame
};

FilmContents readFilmFile(const QString &path);

}
