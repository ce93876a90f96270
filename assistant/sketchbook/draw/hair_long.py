"""Hair that hangs or is tied: bob, long, ponytail, bun and braids."""

from assistant.sketchbook.draw.colors import COLORS, mix
from assistant.sketchbook.draw.hair_parts import draw_cap, draw_side_panel, hair_of, is_hatted, shadow_of, shine_of
from assistant.sketchbook.draw.layout import CENTRE, HAT_LINE
from assistant.sketchbook.draw.paths import arc, below, ellipse, mirrored, ribbon, smooth, symmetric
from assistant.sketchbook.draw.stage import Stage
from assistant.sketchbook.scene import Color

_BRAID_LINKS = 6


def draw_bob_behind(stage: Stage) -> None:
    shape = symmetric(
        [(0, 0.20), (0.150, 0.24), (0.195, 0.36), (0.205, 0.50), (0.190, 0.605), (0.11, 0.625), (0, 0.60)]
    )
    stage.canvas.fill(below(shape, HAT_LINE) if is_hatted(stage) else shape, shadow_of(stage))


def draw_bob(stage: Stage) -> None:
    panel = (
        (0.600, 0.230),
        (0.655, 0.255),
        (0.690, 0.350),
        (0.702, 0.480),
        (0.690, 0.600),
        (0.640, 0.610),
        (0.612, 0.575),
        (0.640, 0.480),
        (0.640, 0.380),
        (0.630, 0.320),
    )
    for way in (1, -1):
        draw_side_panel(stage, way, panel)
    draw_cap(
        stage,
        [
            (0.336, 0.420),
            (0.352, 0.375),
            (0.372, 0.322),
            (0.410, 0.318),
            (0.465, 0.326),
            (0.535, 0.326),
            (0.590, 0.318),
            (0.628, 0.322),
            (0.648, 0.375),
            (0.664, 0.420),
        ],
    )


def draw_long_behind(stage: Stage) -> None:
    shape = symmetric(
        [(0, 0.20), (0.150, 0.23), (0.192, 0.36), (0.200, 0.52), (0.222, 0.68), (0.232, 0.82), (0.16, 0.88), (0, 0.86)]
    )
    stage.canvas.fill(below(shape, HAT_LINE) if is_hatted(stage) else shape, shadow_of(stage))


def draw_long(stage: Stage) -> None:
    panel = (
        (0.560, 0.215),
        (0.640, 0.240),
        (0.684, 0.330),
        (0.694, 0.460),
        (0.704, 0.600),
        (0.690, 0.660),
        (0.652, 0.600),
        (0.645, 0.480),
        (0.640, 0.390),
        (0.615, 0.320),
    )
    for way in (1, -1):
        draw_side_panel(stage, way, panel)
    draw_cap(
        stage,
        [
            (0.336, 0.420),
            (0.350, 0.380),
            (0.372, 0.320),
            (0.430, 0.285),
            (0.545, 0.225),
            (0.590, 0.285),
            (0.632, 0.330),
            (0.652, 0.380),
            (0.664, 0.420),
        ],
    )


def draw_front_locks(stage: Stage) -> None:
    for way in (1, -1):
        lock = smooth(
            [
                (0.655, 0.480),
                (0.696, 0.500),
                (0.716, 0.640),
                (0.728, 0.780),
                (0.690, 0.870),
                (0.650, 0.800),
                (0.652, 0.700),
                (0.668, 0.600),
            ]
        )
        path = lock if way > 0 else mirrored(lock)
        color = hair_of(stage) if way < 0 else mix(hair_of(stage), shadow_of(stage), 0.6)
        stage.canvas.fill(path, color)
        strand = smooth([(0.690, 0.560), (0.700, 0.680), (0.690, 0.820)], closed=False)
        line = ribbon(strand if way > 0 else mirrored(strand), (0.002, 0.008, 0.002))
        stage.canvas.fill(line, shine_of(stage) if way < 0 else shadow_of(stage))


def draw_pulled_back(stage: Stage) -> None:
    draw_cap(
        stage,
        [
            (0.350, 0.420),
            (0.360, 0.350),
            (0.390, 0.290),
            (0.440, 0.258),
            (0.500, 0.248),
            (0.560, 0.258),
            (0.610, 0.290),
            (0.640, 0.350),
            (0.650, 0.420),
        ],
    )


def draw_ponytail_behind(stage: Stage) -> None:
    tail = smooth(
        [
            (0.600, 0.230),
            (0.680, 0.210),
            (0.750, 0.290),
            (0.765, 0.430),
            (0.735, 0.560),
            (0.700, 0.650),
            (0.680, 0.560),
            (0.690, 0.440),
            (0.665, 0.340),
        ]
    )
    stage.canvas.fill(tail, hair_of(stage))
    stage.canvas.shade(
        tail, smooth([(0.70, 0.30), (0.725, 0.42), (0.705, 0.66), (0.80, 0.66), (0.80, 0.30)]), shadow_of(stage), 0.8
    )
    stage.canvas.fill(ellipse(0.662, 0.262, 0.030, 0.036, 30), COLORS[Color.RED])


def draw_bun_behind(stage: Stage) -> None:
    if is_hatted(stage):
        return
    stage.canvas.fill(ellipse(CENTRE, 0.138, 0.076, 0.068), hair_of(stage))
    stage.canvas.shade(ellipse(CENTRE, 0.138, 0.076, 0.068), ellipse(0.545, 0.160, 0.050, 0.070), shadow_of(stage), 0.7)
    stage.canvas.fill(ribbon(arc(0.49, 0.140, 0.046, 0.042, 190, 280), (0.002, 0.012, 0.002)), shine_of(stage))
    stage.canvas.fill(ellipse(CENTRE, 0.190, 0.052, 0.020), shadow_of(stage))


def draw_braided(stage: Stage) -> None:
    draw_cap(
        stage,
        [
            (0.336, 0.430),
            (0.352, 0.365),
            (0.385, 0.305),
            (0.450, 0.262),
            (0.500, 0.232),
            (0.550, 0.262),
            (0.615, 0.305),
            (0.648, 0.365),
            (0.664, 0.430),
        ],
    )
    if not is_hatted(stage):
        stage.canvas.stroke([(0.500, 0.182), (0.500, 0.236)], shadow_of(stage), 0.006)


def draw_braid(stage: Stage, way: int) -> None:
    canvas = stage.canvas
    for link in range(_BRAID_LINKS):
        x, y = CENTRE + way * (0.172 + 0.006 * link), 0.455 + 0.058 * link
        color = hair_of(stage) if way < 0 else mix(hair_of(stage), shadow_of(stage), 0.5)
        canvas.fill(ellipse(x + way * 0.002, y + 0.010, 0.035, 0.040), shadow_of(stage))
        canvas.fill(ellipse(x - 0.010, y, 0.026, 0.036, -24), color)
        canvas.fill(ellipse(x + 0.012, y + 0.004, 0.024, 0.034, 24), color)
    x, y = CENTRE + way * 0.208, 0.800
    canvas.fill(ellipse(x, y + 0.034, 0.026, 0.040), hair_of(stage))
    canvas.fill(ellipse(x, y, 0.026, 0.016), COLORS[Color.RED])
