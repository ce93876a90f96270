"""The light of a scene: one tint that every color in the picture goes through, and the colors of its sky."""

from dataclasses import dataclass

from assistant.sketchbook.draw.colors import Rgb, brightness, mix, rgb
from assistant.sketchbook.scene import INDOOR_PLACES, Scene, Time, Weather


@dataclass(frozen=True)
class Light:
    """How a time and a weather color the world."""

    gain: Rgb  # multiplies every color, 1 = as painted
    greying: float  # 0 = full color, 1 = grey
    haze_color: Rgb  # what distance fades to
    haze: float  # 0 = clear air, 1 = the far distance is gone
    sky: tuple[Rgb, Rgb, Rgb]  # top, middle, horizon
    lamps: float  # how much lamps and windows shine, 0..1
    rim: Rgb  # the color of the light that catches edges
    rim_strength: float  # 0..1
    snow: float  # how white the ground is, 0..1

    def tint(self, color: Rgb, depth: float = 0.0) -> Rgb:
        """The color as it looks in this light; depth 0 = close by, 1 = at the horizon."""
        grey = brightness(color)
        red, green, blue = mix(color, (grey, grey, grey), self.greying)
        lit = (min(255.0, red * self.gain[0]), min(255.0, green * self.gain[1]), min(255.0, blue * self.gain[2]))
        return mix(lit, self.haze_color, self.haze * depth)

    def ground(self, color: Rgb) -> Rgb:
        """The color of open ground before tinting: white under snow."""
        return mix(color, SNOW_WHITE, self.snow)


SNOW_WHITE = rgb("#f3f6fb")

_SKY: dict[Time, tuple[Rgb, Rgb, Rgb]] = {
    Time.DAWN: (rgb("#a9b4ea"), rgb("#f6c3d3"), rgb("#ffeed2")),
    Time.DAY: (rgb("#6fbdea"), rgb("#a9dcf3"), rgb("#e4f4f0")),
    Time.SUNSET: (rgb("#5d4591"), rgb("#e8677a"), rgb("#ffc27a")),
    Time.NIGHT: (rgb("#111638"), rgb("#222c61"), rgb("#46508f")),
}
_GAIN: dict[Time, Rgb] = {
    Time.DAWN: (0.95, 0.87, 0.99),
    Time.DAY: (1.0, 1.0, 1.0),
    Time.SUNSET: (1.0, 0.83, 0.74),
    Time.NIGHT: (0.50, 0.53, 0.74),
}
_GAIN_INDOORS: dict[Time, Rgb] = {
    Time.DAWN: (0.96, 0.90, 0.98),
    Time.DAY: (1.0, 0.99, 0.97),
    Time.SUNSET: (1.0, 0.85, 0.76),
    Time.NIGHT: (0.80, 0.66, 0.55),
}
_LAMPS: dict[Time, float] = {Time.DAWN: 0.35, Time.DAY: 0.0, Time.SUNSET: 0.7, Time.NIGHT: 1.0}
_RIM: dict[Time, tuple[Rgb, float]] = {
    Time.DAWN: (rgb("#fff0e0"), 0.55),
    Time.DAY: (rgb("#fffbe8"), 0.3),
    Time.SUNSET: (rgb("#ffb45c"), 0.8),
    Time.NIGHT: (rgb("#a9bdff"), 0.75),
}
# weather -> brightness (red, green, blue), greying, haze, share of grey in the sky
_AIR: dict[Weather, tuple[Rgb, float, float, float]] = {
    Weather.CLEAR: ((1.0, 1.0, 1.0), 0.0, 0.35, 0.0),
    Weather.CLOUDY: ((0.91, 0.92, 0.95), 0.16, 0.45, 0.5),
    Weather.RAIN: ((0.78, 0.81, 0.89), 0.22, 0.55, 0.7),
    Weather.SNOW: ((0.92, 0.95, 1.02), 0.16, 0.55, 0.65),
    Weather.FOG: ((0.94, 0.95, 0.96), 0.25, 1.0, 0.75),
    Weather.STORM: ((0.63, 0.63, 0.76), 0.15, 0.45, 0.85),
}
_CLOUD_GREY: dict[Weather, Rgb] = {
    Weather.CLEAR: rgb("#ffffff"),
    Weather.CLOUDY: rgb("#c9d3dc"),
    Weather.RAIN: rgb("#8d9cab"),
    Weather.SNOW: rgb("#b3bfd3"),
    Weather.FOG: rgb("#e3e6e6"),
    Weather.STORM: rgb("#4a4a66"),
}
_INDOOR_SHARE = 0.5  # how much of the weather's dimness reaches a room
_LAMPS_IN_GLOOM = 0.5


def light_of(scene: Scene) -> Light:
    """The light that the scene's time, weather and place make."""
    indoors = scene.place in INDOOR_PLACES
    air, greying, haze, cloud_share = _AIR[scene.weather]
    if indoors:
        air, greying = mix((1.0, 1.0, 1.0), air, _INDOOR_SHARE), greying * _INDOOR_SHARE
    gain = (_GAIN_INDOORS if indoors else _GAIN)[scene.time]
    outdoors = _GAIN[scene.time]
    grey = _CLOUD_GREY[scene.weather]
    cloud = (grey[0] * outdoors[0], grey[1] * outdoors[1], grey[2] * outdoors[2])
    top, middle, horizon = (mix(color, cloud, cloud_share) for color in _SKY[scene.time])
    rim, rim_strength = _RIM[scene.time]
    gloomy = scene.weather in (Weather.RAIN, Weather.STORM, Weather.FOG)
    return Light(
        gain=(gain[0] * air[0], gain[1] * air[1], gain[2] * air[2]),
        greying=greying,
        haze_color=mix(horizon, middle, 0.3),
        haze=haze,
        sky=(top, middle, horizon),
        lamps=max(_LAMPS[scene.time], _LAMPS_IN_GLOOM if gloomy else 0.0),
        rim=rim,
        rim_strength=rim_strength * (1 - 0.6 * cloud_share),
        snow=0.85 if scene.weather is Weather.SNOW else 0.0,
    )
